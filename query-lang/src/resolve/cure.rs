//! What people write from habit, and how it is said here: the fixes of mistakes that lie in a value's meaning.

use super::scope::Scope;
use super::{Failed, Resolver, unknown};
use crate::catalogue::NamedFunction;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::{self, Body, Function};
use crate::parse;
use crate::tree::{self, Name};
use crate::typed::{Expression, ExpressionId};
use crate::value::{Type, Value};

/// Functions and members of other languages, ours.
const FUNCTIONS: [(&str, &str); 17] = [
    ("Hour", "HourOf"),
    ("Minute", "MinuteOf"),
    ("Length", "Len"),
    ("Count", "Len"),
    ("ToUpper", "Upper"),
    ("UCase", "Upper"),
    ("ToLower", "Lower"),
    ("LCase", "Lower"),
    ("ToString", "Text"),
    ("Str", "Text"),
    ("Substr", "Mid"),
    ("Average", "Avg"),
    ("Ceil", "Ceiling"),
    ("TotalHours", "Hours"),
    ("TotalMinutes", "Minutes"),
    ("TotalSeconds", "Seconds"),
    ("TimeOfDay", "Time"),
];

/// What is written in the place of a whole call, or of a name.
const VALUES: [(&str, &str); 9] = [
    ("GetDate", "Now()"),
    ("GetUtcDate", "Now()"),
    ("SysDate", "Now()"),
    ("UtcNow", "Now()"),
    ("Current_Timestamp", "Now()"),
    ("Current_Date", "Today()"),
    ("CurDate", "Today()"),
    ("CurrentUser", "CurrentUser"),
    ("Current_User", "CurrentUser"),
];

/// Functions that are an operator here.
const OPERATORS: [(&str, &str); 4] = [("Coalesce", " ?? "), ("IfNull", " ?? "), ("Nvl", " ?? "), ("Concat", " + ")];

fn among<'f>(list: &[(&str, &'f str)], name: &str) -> Option<&'f str> {
    list.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours)
}

/// A name of ours, or what is called so elsewhere.
pub(super) fn function_called(name: &str) -> &str {
    if functions::overloads(name).next().is_some() { name } else { among(&FUNCTIONS, name).unwrap_or(name) }
}

fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole) && digits(fraction) && whole.len() <= 12 && fraction.len() <= 6
}

impl Resolver<'_> {
    /// A call of nothing that is known.
    pub(super) fn unknown_call(
        &mut self,
        scope: &Scope,
        name: &Name,
        ids: &[tree::ExpressionId],
        span: Span,
    ) -> Failed {
        let written: Option<Vec<&str>> = ids.iter().map(|id| self.written(scope, scope.span(*id))).collect();
        let operator = among(&OPERATORS, &name.text);
        let value = among(&VALUES, &name.text).filter(|_| ids.is_empty());
        let function = among(&FUNCTIONS, &name.text).filter(|ours| functions::overloads(ours).next().is_some());
        let told = |help: &str, ours: Option<String>, span: Span| {
            let message = format!("There is no function named `{}`.", name.text);
            Diagnostic::error(Code::UnknownName, span, message).with_help(help).with_fix_if(span, ours)
        };
        let diagnostic = match (operator, value, function) {
            (Some(operator), ..) => {
                let joined = written.map(|values| values.join(operator));
                told(&format!("Write `x{operator}y`."), joined, span)
            }
            (_, Some(value), _) => {
                let ours = self.written(scope, span).map(|_| value.to_owned());
                told(&format!("Write `{value}`."), ours, span)
            }
            (.., Some(function)) => {
                let place = scope.place(name.span);
                let ours = self.written(scope, place).map(|_| function.to_owned());
                told(&format!("Write `{function}(...)`."), ours, place)
            }
            _ => return self.unknown_function(scope, name),
        };
        self.fail(diagnostic)
    }

    /// A name that is no variable: a function without its brackets, a value of another language.
    pub(super) fn function_without_brackets(&self, name: &Name, span: Span) -> Option<Diagnostic> {
        let is_known = |known: &str| known.eq_ignore_ascii_case(&name.text);
        let without_arguments = ["Today", "Now", "TenantName"].into_iter().find(|known| is_known(known));
        let value = without_arguments.map(|known| format!("{known}()"));
        if let Some(ours) = value.or_else(|| among(&VALUES, &name.text).map(str::to_owned)) {
            let message = format!("`{}` is written `{ours}` here.", name.text);
            return Some(Diagnostic::error(Code::UnknownName, span, message).with_fix(span, ours));
        }
        let function = functions::overloads(&name.text).next().map(|function| function.name);
        let function = function.or_else(|| ["If", "Exists", "First"].into_iter().find(|known| is_known(known)))?;
        let message = format!("{function} is a function; its arguments stand in brackets.");
        Some(Diagnostic::error(Code::UnknownName, span, message).with_help(format!("Write `{function}(...)`.")))
    }

    /// `T.Date.Year`, `C.Name.Length`: a function of the value.
    pub(super) fn no_members(&mut self, scope: &Scope, value: ExpressionId, name: &Name, span: Span) -> Failed {
        let kind = self.kind(value);
        let message = format!("A value of type {} has no members, so no `{}`.", self.type_name(kind), name.text);
        let diagnostic = Diagnostic::error(Code::WrongType, scope.place(name.span), message);
        let of = self.written(scope, span).and_then(|written| {
            let at = name.span.start.checked_sub(span.start)? as usize;
            written.get(..at)?.trim_end().strip_suffix('.').map(str::trim_end)
        });
        let function = function_called(&name.text);
        let takes =
            functions::resolve(function, &[Some(kind)]).filter(|found| matches!(found.function.body, Body::Scalar(_)));
        let ours = match (name.text.to_ascii_lowercase().as_str(), takes) {
            ("value", _) => of.map(str::to_owned),
            ("hasvalue", _) => of.map(|of| format!("{of} <> Null")),
            (_, Some(found)) => of.map(|of| format!("{}({of})", found.function.name)),
            _ => None,
        };
        let help = ours.as_ref().map(|ours| format!("Write `{ours}`."));
        let diagnostic = Diagnostic { help, ..diagnostic };
        self.fail(diagnostic.with_fix_if(span, ours))
    }

    /// Two values that cannot be compared, where one of them can be written as the other's type.
    pub(super) fn with_literal(&self, diagnostic: Diagnostic, left: ExpressionId, right: ExpressionId) -> Diagnostic {
        let ours = |value: ExpressionId, other: ExpressionId| {
            let node = self.typed.node(value);
            let is_own = node.span.of(&self.text).starts_with(['"', '\'', '-'])
                || node.span.of(&self.text).starts_with(|c: char| c.is_ascii_digit());
            let ours = match (&node.expression, self.kind(other)) {
                (Expression::Constant(Value::Text(text)), Type::Date | Type::DateTime | Type::Time) => {
                    parse::moment(text).map(|moment| format!("#{moment}#"))
                }
                (Expression::Constant(Value::Text(text)), Type::Int) => {
                    text.parse().ok().map(|number: i64| number.to_string())
                }
                (Expression::Constant(Value::Text(text)), Type::Decimal) => {
                    Some(text.clone()).filter(|text| is_number(text))
                }
                (Expression::Constant(Value::Text(text)), Type::Bool) => {
                    ["True", "False"].into_iter().find(|truth| truth.eq_ignore_ascii_case(text)).map(str::to_owned)
                }
                (Expression::Constant(Value::Int(number)), Type::Text) => Some(format!("\"{number}\"")),
                _ => None,
            };
            ours.filter(|_| is_own).map(|ours| (node.span, ours))
        };
        let (span, ours) = ours(right, left).or_else(|| ours(left, right)).unzip();
        diagnostic.with_fix_if(span.unwrap_or_default(), ours)
    }

    /// Days that are added to a Date or a DateTime as a number.
    pub(super) fn with_days(
        &self,
        diagnostic: Diagnostic,
        operator: &str,
        values: &[ExpressionId],
        span: Span,
    ) -> Diagnostic {
        let ([left, right], "+" | "-") = (values, operator) else { return diagnostic };
        let own = |id: ExpressionId| {
            let at = self.typed.node(id).span;
            Some(at.of(&self.text)).filter(|text| at != span && !text.is_empty())
        };
        let written = own(*left).zip(own(*right));
        let minus = if operator == "-" { "-" } else { "" };
        let (help, ours) = match (self.kind(*left), self.kind(*right)) {
            (Type::Date, Type::Int) => {
                let simple = |days: &str| days.chars().all(char::is_alphanumeric) || minus.is_empty();
                let days = |days: &str| if simple(days) { format!("{minus}{days}") } else { format!("-({days})") };
                let ours = written.map(|(date, number)| format!("AddDays({date}, {})", days(number)));
                ("Write `AddDays(date, days)`.", ours)
            }
            (Type::DateTime, Type::Int) => {
                let is_number = |days: &str| days.chars().all(|digit| digit.is_ascii_digit());
                let ours = written.filter(|(_, days)| is_number(days));
                let ours = ours.map(|(moment, days)| format!("{moment} {operator} {days}d"));
                ("A DateTime and a Duration go together: `x + 1d`, `x - 8h`, `x + 30min`.", ours)
            }
            (Type::Date, Type::Duration) => {
                ("Write `AddDays(date, days)`, or take an instant: `At(date, #08:00#) + 8h`.", None)
            }
            _ => return diagnostic,
        };
        diagnostic.with_help(help).with_fix_if(span, ours)
    }

    /// A list where a condition is needed.
    pub(super) fn list_as_condition(&mut self, scope: &Scope, span: Span, is_query: bool) -> Failed {
        let ours = self.written(scope, span).map(|list| {
            let of_query =
                || list.strip_prefix('(').map_or_else(|| format!("Exists({list})"), |_| format!("Exists{list}"));
            if is_query { of_query() } else { format!("{list}.Any()") }
        });
        let message = "This is a list; a condition is needed here.";
        let help = "Ask whether it has rows: `list.Any()`, `list.Any(x => ...)`, `Exists(From ...)`.";
        let diagnostic = Diagnostic::error(Code::ManyValues, span, message).with_help(help);
        self.fail(diagnostic.with_fix_if(span, ours))
    }

    /// Before Over stands an aggregate or a function of windows.
    pub(super) fn no_window(
        &mut self,
        scope: &Scope,
        name: &Name,
        ids: &[tree::ExpressionId],
        span: Span,
    ) -> Option<Failed> {
        let windowed = |function: &&'static Function| function.is_aggregate() || matches!(function.body, Body::Window);
        let mut overloads = functions::overloads(&name.text).peekable();
        let known = overloads.peek().is_some();
        if overloads.any(|function| windowed(&function)) {
            return None;
        }
        let mut names: Vec<&str> = functions::TABLE
            .iter()
            .copied()
            .filter(windowed)
            .map(|function| function.name)
            .filter(|name| !name.starts_with('#'))
            .collect();
        names.dedup();
        let help = format!("Over stands behind {}.", names.join(", "));
        if !known && !["Now", "Today", "If"].iter().any(|special| special.eq_ignore_ascii_case(&name.text)) {
            let diagnostic = unknown::name(&name.text, scope.place(name.span), "aggregate or window function", &names);
            return Some(match diagnostic.fixes.is_empty() {
                true if among(&FUNCTIONS, &name.text).is_some() => self.unknown_call(scope, name, ids, span),
                _ => self.fail(diagnostic.with_help(help)),
            });
        }
        let message = format!("{} looks at no other rows.", name.text);
        Some(self.fail(Diagnostic::error(Code::MisplacedAggregate, scope.place(name.span), message).with_help(help)))
    }

    /// An argument of a function that is written in the language.
    pub(super) fn argument_refused(
        &mut self,
        function: &NamedFunction,
        name: &str,
        given: ExpressionId,
        span: Span,
    ) -> Failed {
        let parameters: Vec<String> = function.parameters.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
        let kind = self.type_name(self.kind(given));
        let message = format!("{} takes ({}); `{name}` is {kind} here.", function.name, parameters.join(", "));
        self.fail(Diagnostic::error(Code::WrongType, span, message))
    }

    pub(super) fn is_convertible(&self, value: ExpressionId, wanted: Type) -> bool {
        matches!(
            (self.kind(value), wanted),
            (Type::Ref(_), Type::Guid) | (Type::Guid, Type::Ref(_)) | (Type::Int, Type::Decimal)
        ) || self.kind(value) == wanted
    }

    /// `@user.Timesheets`: an entity that has such a member.
    pub(super) fn likely_type(&self, scope: &Scope, parameter: &str) -> String {
        let tree = &scope.tree;
        let member = tree.expressions.iter().find_map(|node| match &node.expression {
            tree::Expression::Member { of, name, .. } => match tree.expression(*of) {
                tree::Expression::Parameter(known) if known.text.eq_ignore_ascii_case(parameter) => Some(&name.text),
                _ => None,
            },
            _ => None,
        });
        let has = |member: &str| {
            let mut entities = self.catalogue.entities();
            entities.find(|(_, entity)| entity.back_reference(member).is_some() || entity.property(member).is_some())
        };
        member.and_then(|member| has(member)).map_or_else(|| "Date".to_owned(), |(_, entity)| entity.name.clone())
    }
}
