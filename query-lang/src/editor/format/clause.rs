use super::{LINE_MAX, Printer};
use crate::tree::{
    Binding, Clause, Expression, ExpressionId, Field, OrderKey, Query, QueryId, Select, SetOperator, Shape, Source,
    SourceKind,
};

impl Printer<'_> {
    /// One text for each clause; those that are too long have several lines.
    pub(super) fn clauses(
        &self,
        clauses: &[Clause],
        select: Option<&Select>,
        indent: usize,
        outermost: bool,
    ) -> Vec<String> {
        let mut lines: Vec<String> = clauses.iter().map(|clause| self.clause(clause, indent)).collect();
        if let Some(select) = select {
            lines.extend(select.top.map(|rows| format!("Take {}", self.expression(rows))));
            lines.push(self.select(select, indent, outermost));
        }
        lines
    }

    fn clause(&self, clause: &Clause, indent: usize) -> String {
        let line = self.clause_line(clause);
        if indent + line.len() <= LINE_MAX {
            return line;
        }
        let inner = format!("\n{}", " ".repeat(indent + 2));
        match clause {
            Clause::From { variable, source } => {
                format!("From {} In {}", self.name(variable), self.source_block(source, indent))
            }
            Clause::Join { variable, source, on, left } => {
                let left = if *left { "Left " } else { "" };
                let source = self.source_block(source, indent);
                format!("{left}Join {} In {source}{inner}On {}", self.name(variable), self.expression(*on))
            }
            Clause::Let(bindings) => {
                let aligned = format!(",\n{}", " ".repeat(indent + 4));
                format!("Let {}", self.bindings(bindings).join(&aligned))
            }
            Clause::Where(condition) => match self.tree.expression(*condition) {
                Expression::And(parts) => {
                    let parts: Vec<String> = parts.iter().map(|part| self.at_least(*part, 3)).collect();
                    format!("Where {}", parts.join(&format!("{inner}And ")))
                }
                _ => line,
            },
            Clause::Group { keys, into, .. } if !into.is_empty() => {
                let keys = self.fields(keys, None).join(", ");
                format!("Group By {keys}{inner}Into {}", self.bindings(into).join(&format!(",{inner}     ")))
            }
            Clause::Aggregate { bindings, .. } => {
                format!("Aggregate {}", self.bindings(bindings).join(&format!(",{inner}")))
            }
            _ => line,
        }
    }

    fn clause_line(&self, clause: &Clause) -> String {
        match clause {
            Clause::From { variable, source } => format!("From {} In {}", self.name(variable), self.source(source)),
            Clause::Join { variable, source, on, left } => {
                let left = if *left { "Left " } else { "" };
                let (variable, source) = (self.name(variable), self.source(source));
                format!("{left}Join {variable} In {source} On {}", self.expression(*on))
            }
            Clause::Let(bindings) => format!("Let {}", self.bindings(bindings).join(", ")),
            Clause::Where(condition) => format!("Where {}", self.expression(*condition)),
            Clause::Group { keys, into, .. } => {
                let keys = self.fields(keys, None).join(", ");
                let into =
                    if into.is_empty() { String::new() } else { format!(" Into {}", self.bindings(into).join(", ")) };
                format!("Group By {keys}{into}")
            }
            Clause::Aggregate { bindings, .. } => format!("Aggregate {}", self.bindings(bindings).join(", ")),
            Clause::Order(keys) => format!("Order By {}", self.order(keys)),
            Clause::Skip(rows) => format!("Skip {}", self.expression(*rows)),
            Clause::Take(rows) => format!("Take {}", self.expression(*rows)),
        }
    }

    fn select(&self, select: &Select, indent: usize, outermost: bool) -> String {
        let distinct = if select.distinct { "Distinct " } else { "" };
        let fields = match &select.shape {
            Shape::Value(value) => {
                return match self.names.as_deref().filter(|_| outermost) {
                    Some([name]) => format!("Select {distinct}{{ {name} = {} }}", self.expression(*value)),
                    _ => format!("Select {distinct}{}", self.expression(*value)),
                };
            }
            Shape::Record(fields) => self.fields(fields, self.names.as_ref().filter(|_| outermost)),
        };
        let line = format!("Select {distinct}{{ {} }}", fields.join(", "));
        if indent + line.len() <= LINE_MAX {
            return line;
        }
        let outer = format!("\n{}", " ".repeat(indent));
        format!("Select {distinct}{{{outer}  {}{outer}}}", fields.join(&format!(",{outer}  ")))
    }

    fn bindings(&self, bindings: &[Binding]) -> Vec<String> {
        bindings.iter().map(|binding| format!("{} = {}", binding.name.text, self.expression(binding.value))).collect()
    }

    /// `named`: what the columns must be called.
    fn fields(&self, fields: &[Field], named: Option<&Vec<String>>) -> Vec<String> {
        let print = |(index, field): (usize, &Field)| {
            let value = self.expression(field.value);
            let forced =
                named.and_then(|names| names.get(index)).filter(|name| self.bare_name(field) != Some(name.as_str()));
            let renamed = || self.renamed(field.value);
            match (&field.name, forced) {
                (Some(name), None) => format!("{} = {value}", name.text),
                (_, Some(name)) => format!("{name} = {value}"),
                (None, None) => renamed().map_or(value.clone(), |name| format!("{name} = {value}")),
            }
        };
        fields.iter().enumerate().map(print).collect()
    }

    /// What a field without a name is called by its text alone.
    fn bare_name<'f>(&'f self, field: &'f Field) -> Option<&'f str> {
        match (&field.name, self.tree.expression(field.value)) {
            (Some(name), _) => Some(&name.text),
            (None, Expression::Member { name, .. } | Expression::Name(name)) => Some(&name.text),
            _ => None,
        }
    }

    /// The old name of a path that is respelled: the column keeps it.
    fn renamed(&self, value: ExpressionId) -> Option<&str> {
        let (Expression::Member { name, arguments: None, .. } | Expression::Name(name)) = self.tree.expression(value)
        else {
            return None;
        };
        let short = crate::resolve::without_prefix(&name.text);
        let today = self.spellings.get(&name.span)?;
        (!today.eq_ignore_ascii_case(short)).then_some(short)
    }

    pub(super) fn order(&self, keys: &[OrderKey]) -> String {
        let key =
            |key: &OrderKey| format!("{}{}", self.expression(key.value), if key.descending { " Desc" } else { "" });
        keys.iter().map(key).collect::<Vec<_>>().join(", ")
    }

    fn source(&self, source: &Source) -> String {
        match &source.kind {
            SourceKind::Query(query) => format!("({})", self.query(*query)),
            SourceKind::Parameter(name) => format!("@{}", name.text),
            SourceKind::Path { path, arguments } => {
                let whole = path[0].span.to(path[path.len() - 1].span);
                let shortens = |today: &&String| today.split('.').count() < path.len();
                let applies = |today: &&String| path.len() == 1 || shortens(today) || !self.spelled_apart(path);
                let written = match self.spellings.get(&whole).filter(applies) {
                    Some(today) => today.clone(),
                    None => path.iter().map(|name| self.member_name(name)).collect::<Vec<_>>().join("."),
                };
                written + &arguments.as_ref().map(|given| self.arguments(given)).unwrap_or_default()
            }
        }
    }

    /// Does each name of a path have its own spelling?
    fn spelled_apart(&self, path: &[crate::tree::Name]) -> bool {
        path.iter().skip(1).any(|name| self.spellings.contains_key(&name.span))
    }

    /// A sub-query on lines of its own.
    fn source_block(&self, source: &Source, indent: usize) -> String {
        let SourceKind::Query(query) = &source.kind else { return self.source(source) };
        let outer = " ".repeat(indent);
        let lines = match &self.tree.query(*query).query {
            Query::Pipeline { clauses, select } => self.clauses(clauses, select.as_ref(), indent + 2, false),
            Query::Set { .. } => vec![self.set(*query, indent + 2)],
        };
        format!("(\n{outer}  {}\n{outer})", lines.join(&format!("\n{outer}  ")))
    }

    /// On one line.
    pub(super) fn query(&self, id: QueryId) -> String {
        match &self.tree.query(id).query {
            Query::Pipeline { clauses, select } => {
                let mut parts: Vec<String> = clauses.iter().map(|clause| self.clause_line(clause)).collect();
                if let Some(select) = select {
                    parts.extend(select.top.map(|rows| format!("Take {}", self.expression(rows))));
                    parts.push(self.select_line(select));
                }
                parts.join(" ")
            }
            Query::Set { operator, left, right } => {
                format!("{} {} {}", self.side(*left, true), word(*operator), self.side(*right, false))
            }
        }
    }

    fn select_line(&self, select: &Select) -> String {
        let distinct = if select.distinct { "Distinct " } else { "" };
        match &select.shape {
            Shape::Value(value) => format!("Select {distinct}{}", self.expression(*value)),
            Shape::Record(fields) => format!("Select {distinct}{{ {} }}", self.fields(fields, None).join(", ")),
        }
    }

    fn side(&self, id: QueryId, left: bool) -> String {
        match self.tree.query(id).query {
            Query::Set { .. } if left => self.query(id),
            _ => format!("({})", self.query(id)),
        }
    }

    /// Each side on lines of its own.
    pub(super) fn set(&self, id: QueryId, indent: usize) -> String {
        let outer = format!("\n{}", " ".repeat(indent));
        match &self.tree.query(id).query {
            Query::Set { operator, left, right } => {
                let left = match self.tree.query(*left).query {
                    Query::Set { .. } => self.set(*left, indent),
                    Query::Pipeline { .. } => self.side_block(*left, indent),
                };
                format!("{left}{outer}{}{outer}{}", word(*operator), self.side_block(*right, indent))
            }
            Query::Pipeline { .. } => self.query(id),
        }
    }

    fn side_block(&self, id: QueryId, indent: usize) -> String {
        let line = format!("({})", self.query(id));
        if indent + line.len() <= LINE_MAX {
            return line;
        }
        let outer = " ".repeat(indent);
        let lines = match &self.tree.query(id).query {
            Query::Pipeline { clauses, select } => self.clauses(clauses, select.as_ref(), indent + 2, false),
            Query::Set { .. } => vec![self.set(id, indent + 2)],
        };
        format!("(\n{outer}  {}\n{outer})", lines.join(&format!("\n{outer}  ")))
    }
}

fn word(operator: SetOperator) -> &'static str {
    match operator {
        SetOperator::Union => "Union",
        SetOperator::UnionAll => "Union All",
        SetOperator::Intersect => "Intersect",
        SetOperator::Except => "Except",
    }
}
