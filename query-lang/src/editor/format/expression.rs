use super::Printer;
use crate::parse::{is_reserved, is_word};
use crate::resolve::Today;
use crate::tree::{Argument, Arithmetic, Comparison, Expression, ExpressionId, Frame, Literal, Name, Window};
use crate::value::Value;

/// How tightly the operators hold: Or, And, Not, comparisons, ??, + -, * / %, minus, members.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const COALESCE: u8 = 5;
const ADD: u8 = 6;
const MULTIPLY: u8 = 7;
const MINUS: u8 = 8;
const MEMBER: u8 = 9;

impl Printer<'_> {
    pub(super) fn expression(&self, id: ExpressionId) -> String {
        self.at_least(id, 0)
    }

    /// In brackets where it holds less tightly than its place needs.
    pub(super) fn at_least(&self, id: ExpressionId, level: u8) -> String {
        let (own, text) = self.printed(id);
        if own < level { format!("({text})") } else { text }
    }

    fn printed(&self, id: ExpressionId) -> (u8, String) {
        if let Some(form) = self.forms.get(&self.tree.span(id))
            && let Some(today) = self.reformed(id, form)
        {
            return today;
        }
        let joined = |parts: &[ExpressionId], level: u8, word: &str| {
            parts.iter().map(|part| self.at_least(*part, level)).collect::<Vec<_>>().join(word)
        };
        match self.tree.expression(id) {
            Expression::Or(parts) => (OR, joined(parts, AND, " Or ")),
            Expression::And(parts) => (AND, joined(parts, NOT, " And ")),
            Expression::Not(of) => (NOT, format!("Not {}", self.at_least(*of, NOT))),
            Expression::Compare { operator, left, right } => {
                let (left, right) = (self.at_least(*left, COALESCE), self.at_least(*right, COALESCE));
                (COMPARE, format!("{left} {} {right}", comparison(*operator)))
            }
            Expression::In { value, set, negated } => {
                let not = if *negated { "Not " } else { "" };
                let list = match self.tree.expression(*set) {
                    Expression::Literal(_) => format!("({})", self.expression(*set)),
                    _ => self.at_least(*set, COALESCE),
                };
                (COMPARE, format!("{} {not}In {list}", self.at_least(*value, COALESCE)))
            }
            Expression::Like { value, pattern, negated } => {
                let not = if *negated { "Not " } else { "" };
                let (value, pattern) = (self.at_least(*value, COALESCE), self.at_least(*pattern, COALESCE));
                (COMPARE, format!("{value} {not}Like {pattern}"))
            }
            Expression::Coalesce(parts) => (COALESCE, joined(parts, ADD, " ?? ")),
            Expression::Arithmetic { operator, left, right } => {
                let level = if matches!(operator, Arithmetic::Add | Arithmetic::Subtract) { ADD } else { MULTIPLY };
                let (left, right) = (self.at_least(*left, level), self.at_least(*right, level + 1));
                (level, format!("{left} {} {right}", arithmetic(*operator)))
            }
            Expression::Negate(of) => (MINUS, format!("-{}", self.at_least(*of, MINUS))),
            _ => (MEMBER, self.primary(id)),
        }
    }

    /// None: it is another expression at the same place.
    fn reformed(&self, id: ExpressionId, form: &Today) -> Option<(u8, String)> {
        match (form, self.tree.expression(id)) {
            (Today::Is | Today::IsNot, Expression::Compare { left, right, .. }) => {
                let is_truth = |id: ExpressionId| {
                    matches!(self.tree.expression(id), Expression::Literal(Literal::Value(Value::Bool(_))))
                };
                let value = if is_truth(*right) { *left } else { *right };
                match form {
                    Today::Is => Some(self.printed(value)),
                    _ => Some((NOT, format!("Not {}", self.at_least(value, NOT)))),
                }
            }
            (Today::Id, Expression::Call { arguments, .. }) => match &arguments[..] {
                [Argument::Value(row)] => Some((MEMBER, format!("{}.Id", self.at_least(*row, MEMBER)))),
                _ => None,
            },
            (Today::SetCalled(name), Expression::Call { .. }) => Some((MEMBER, format!("Set.{name}"))),
            (Today::Call { name, arguments: kept, more }, Expression::Call { arguments, .. }) => {
                let mut written = self.arguments(arguments.get(..*kept).unwrap_or(arguments));
                if let Some(more) = more {
                    written.truncate(written.len() - 1);
                    written += &format!(", {more})");
                }
                Some((MEMBER, format!("{name}{written}")))
            }
            _ => None,
        }
    }

    fn primary(&self, id: ExpressionId) -> String {
        match self.tree.expression(id) {
            Expression::Literal(literal) => self.literal(literal, id),
            Expression::Parameter(name) => format!("@{}", name.text),
            Expression::Name(name) => self.name(name),
            Expression::Member { of, name, arguments } => {
                if let Some(today) = self.spellings.get(&self.tree.span(id)) {
                    return today.clone();
                }
                let arguments = arguments.as_ref().map(|given| self.arguments(given)).unwrap_or_default();
                format!("{}.{}{arguments}", self.at_least(*of, MEMBER), self.member_name(name))
            }
            Expression::Call { name, arguments } => format!("{}{}", self.call_name(name), self.arguments(arguments)),
            Expression::List(values) => {
                let values: Vec<String> = values.iter().map(|value| self.expression(*value)).collect();
                format!("({})", values.join(", "))
            }
            Expression::Query(query) => format!("({})", self.query(*query)),
            Expression::Over { of, window } => format!("{} Over ({})", self.at_least(*of, MEMBER), self.window(window)),
            _ => self.printed(id).1,
        }
    }

    fn literal(&self, literal: &Literal, id: ExpressionId) -> String {
        match literal {
            Literal::Value(Value::Text(text)) => format!("\"{}\"", text.replace('"', "\"\"")),
            Literal::Value(Value::Bool(true)) => "True".to_owned(),
            Literal::Value(Value::Bool(false)) => "False".to_owned(),
            Literal::Value(Value::Null) => "Null".to_owned(),
            Literal::LocalDateTime(_) => bare(self.tree.span(id).of(self.text)).replace('T', " "),
            _ => bare(self.tree.span(id).of(self.text)).to_owned(),
        }
    }

    fn window(&self, window: &Window) -> String {
        let mut parts = Vec::new();
        if !window.partition.is_empty() {
            let keys: Vec<String> = window.partition.iter().map(|key| self.expression(*key)).collect();
            parts.push(format!("Partition By {}", keys.join(", ")));
        }
        if !window.order.is_empty() {
            parts.push(format!("Order By {}", self.order(&window.order)));
        }
        match window.frame {
            Frame::Default => {}
            Frame::All => parts.push("Rows All".to_owned()),
            Frame::Before => parts.push("Rows Before".to_owned()),
        }
        parts.join(" ")
    }

    pub(super) fn arguments(&self, arguments: &[Argument]) -> String {
        let print = |argument: &Argument| match argument {
            Argument::Lambda { variable, body } => format!("{} => {}", self.name(variable), self.expression(*body)),
            Argument::Value(id) => match self.tree.expression(*id) {
                Expression::Query(query) => self.query(*query),
                _ => self.expression(*id),
            },
        };
        format!("({})", arguments.iter().map(print).collect::<Vec<_>>().join(", "))
    }

    /// A name by itself: keywords need backticks.
    pub(super) fn name(&self, name: &Name) -> String {
        let text = self.member_name(name);
        if is_reserved(&text) { format!("`{text}`") } else { text }
    }

    fn call_name(&self, name: &Name) -> String {
        let text = self.member_name(name);
        if is_reserved(&text) && !text.eq_ignore_ascii_case("Left") { format!("`{text}`") } else { text }
    }

    /// After a dot every word is a name.
    pub(super) fn member_name(&self, name: &Name) -> String {
        match self.spellings.get(&name.span) {
            Some(today) => today.clone(),
            None if !is_word(&name.text) => format!("`{}`", name.text),
            None => name.text.clone(),
        }
    }
}

fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "=",
        Comparison::Different => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn arithmetic(operator: Arithmetic) -> &'static str {
    match operator {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Remainder => "%",
    }
}

/// A literal without the brackets that were around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| letter == '(' || letter == ')' || letter.is_whitespace())
}
