use super::arithmetic::round_ratio;
use super::signature::Fold;
use super::{Out, Raw, TEXT_BYTES_MAX};
use std::collections::BTreeMap;

/// Rows, or the values among them that are not null.
pub(super) struct Count {
    rows: bool,
    count: i64,
    seen: Option<BTreeMap<Vec<u8>, i64>>,
}

impl Count {
    pub(super) fn rows() -> Self {
        Count { rows: true, count: 0, seen: None }
    }

    pub(super) fn values() -> Self {
        Count { rows: false, count: 0, seen: None }
    }

    pub(super) fn distinct() -> Self {
        Count { rows: false, count: 0, seen: Some(BTreeMap::new()) }
    }

    fn change(&mut self, arguments: &[Raw<'_>], by: i64) {
        let value = arguments.first().copied().unwrap_or(Raw::Null);
        if !self.rows && value.is_null() {
            return;
        }
        match &mut self.seen {
            None => self.count += by,
            Some(seen) => {
                let times = seen.entry(key(value)).or_insert(0);
                *times += by;
                if *times == 0 {
                    seen.remove(&key(value));
                }
            }
        }
    }
}

fn key(value: Raw<'_>) -> Vec<u8> {
    match value {
        Raw::Null => Vec::new(),
        Raw::Int(value) => value.to_be_bytes().to_vec(),
        Raw::Text(text) => text.as_bytes().to_vec(),
        Raw::Bytes(bytes) => bytes.to_vec(),
    }
}

impl Fold for Count {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        self.change(arguments, 1);
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        self.change(arguments, -1);
    }

    fn value(&self) -> Out {
        Out::Int(self.seen.as_ref().map_or(self.count, |seen| seen.len() as i64))
    }
}

/// 0 for no rows; null for what does not fit.
#[derive(Default)]
pub(super) struct Sum(i128);

impl Fold for Sum {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        if let [Raw::Int(value)] = arguments {
            self.0 += i128::from(*value);
        }
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        if let [Raw::Int(value)] = arguments {
            self.0 -= i128::from(*value);
        }
    }

    fn value(&self) -> Out {
        Out::int(i64::try_from(self.0).ok())
    }
}

/// Null for no rows; half away from zero.
pub(super) struct Average {
    unit: i64,
    sum: i128,
    count: i64,
}

impl Average {
    /// `unit`: what one of the argument is in the result.
    pub(super) fn of_unit(unit: i64) -> Self {
        Average { unit, sum: 0, count: 0 }
    }
}

impl Fold for Average {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        if let [Raw::Int(value)] = arguments {
            self.sum += i128::from(*value);
            self.count += 1;
        }
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        if let [Raw::Int(value)] = arguments {
            self.sum -= i128::from(*value);
            self.count -= 1;
        }
    }

    fn value(&self) -> Out {
        Out::int(round_ratio(self.sum * i128::from(self.unit), i128::from(self.count)))
    }
}

/// The least or the greatest value; null for none.
pub(super) struct Extreme {
    greatest: bool,
    values: BTreeMap<Owned, i64>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Owned {
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Owned {
    fn of(value: Raw<'_>) -> Option<Owned> {
        Some(match value {
            Raw::Null => return None,
            Raw::Int(value) => Owned::Int(value),
            Raw::Text(text) => Owned::Text(text.to_owned()),
            Raw::Bytes(bytes) => Owned::Bytes(bytes.to_vec()),
        })
    }

    fn to_out(&self) -> Out {
        match self {
            Owned::Int(value) => Out::Int(*value),
            Owned::Text(text) => Out::Text(text.clone()),
            Owned::Bytes(bytes) => Out::Bytes(bytes.clone()),
        }
    }
}

impl Extreme {
    pub(super) fn least() -> Self {
        Extreme { greatest: false, values: BTreeMap::new() }
    }

    pub(super) fn greatest() -> Self {
        Extreme { greatest: true, values: BTreeMap::new() }
    }
}

impl Fold for Extreme {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        if let Some(value) = arguments.first().and_then(|value| Owned::of(*value)) {
            *self.values.entry(value).or_insert(0) += 1;
        }
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        if let Some(value) = arguments.first().and_then(|value| Owned::of(*value))
            && let Some(times) = self.values.get_mut(&value)
        {
            *times -= 1;
            if *times == 0 {
                self.values.remove(&value);
            }
        }
    }

    fn value(&self) -> Out {
        let value = if self.greatest { self.values.last_key_value() } else { self.values.first_key_value() };
        value.map_or(Out::Null, |(value, _)| value.to_out())
    }
}

/// What stands beside the least or the greatest value; of several the least or the greatest again. As in Postgres a null
/// is greater than all others.
pub(super) struct Beside {
    greatest: bool,
    values: BTreeMap<(i64, Option<i64>), i64>,
}

impl Beside {
    pub(super) fn least() -> Self {
        Beside { greatest: false, values: BTreeMap::new() }
    }

    pub(super) fn greatest() -> Self {
        Beside { greatest: true, values: BTreeMap::new() }
    }

    fn change(&mut self, arguments: &[Raw<'_>], by: i64) {
        let [Raw::Int(value), beside] = arguments else { return };
        let beside = if let Raw::Int(beside) = beside { Some(*beside) } else { None };
        let key = (*value, beside);
        let times = self.values.entry(key).or_insert(0);
        *times += by;
        if *times == 0 {
            self.values.remove(&key);
        }
    }
}

impl Fold for Beside {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        self.change(arguments, 1);
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        self.change(arguments, -1);
    }

    fn value(&self) -> Out {
        let extreme = if self.greatest { self.values.last_key_value() } else { self.values.first_key_value() };
        let Some(((instant, _), _)) = extreme else { return Out::Null };
        let ties = self.values.range((*instant, None)..).take_while(|((value, _), _)| value == instant);
        let ties = ties.map(|((_, beside), _)| *beside);
        let of = |beside: Option<Option<i64>>| Out::int(beside.flatten());
        match self.greatest {
            true => of(ties.max_by_key(|beside| beside.map_or((1, 0), |value| (0, value)))),
            false => of(ties.min_by_key(|beside| beside.map_or((1, 0), |value| (0, value)))),
        }
    }
}

/// False for no rows.
#[derive(Default)]
pub(super) struct Any {
    hits: i64,
}

/// True for no rows.
#[derive(Default)]
pub(super) struct All {
    misses: i64,
}

fn holds(arguments: &[Raw<'_>]) -> bool {
    matches!(arguments, [Raw::Int(value)] if *value != 0)
}

impl Fold for Any {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        self.hits += i64::from(holds(arguments));
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        self.hits -= i64::from(holds(arguments));
    }

    fn value(&self) -> Out {
        Out::bool(self.hits > 0)
    }
}

impl Fold for All {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        self.misses += i64::from(!holds(arguments));
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        self.misses -= i64::from(!holds(arguments));
    }

    fn value(&self) -> Out {
        Out::bool(self.misses == 0)
    }
}

/// The texts in order with a separator between them; null for none and above the limit of texts.
#[derive(Default)]
pub(super) struct List {
    distinct: bool,
    texts: BTreeMap<String, usize>,
    separator: String,
}

impl List {
    /// Each text once.
    pub(super) fn distinct() -> Self {
        List { distinct: true, ..List::default() }
    }

    fn times(&self, times: usize) -> usize {
        if self.distinct { 1 } else { times }
    }
}

impl Fold for List {
    fn step(&mut self, arguments: &[Raw<'_>]) {
        if let [Raw::Text(text), separator] = arguments {
            if let Raw::Text(separator) = separator {
                self.separator.clear();
                self.separator.push_str(separator);
            }
            *self.texts.entry((*text).to_owned()).or_insert(0) += 1;
        }
    }

    fn inverse(&mut self, arguments: &[Raw<'_>]) {
        if let [Raw::Text(text), _] = arguments
            && let Some(times) = self.texts.get_mut(*text)
        {
            *times -= 1;
            if *times == 0 {
                self.texts.remove(*text);
            }
        }
    }

    fn value(&self) -> Out {
        let mut list: Option<String> = None;
        for (text, times) in &self.texts {
            for _ in 0..self.times(*times) {
                let longer = match list {
                    None => text.clone(),
                    Some(before) => before + &self.separator + text,
                };
                if longer.len() > TEXT_BYTES_MAX {
                    return Out::Null;
                }
                list = Some(longer);
            }
        }
        list.map_or(Out::Null, Out::Text)
    }
}
