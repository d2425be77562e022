use query_lang::catalogue::Rule;

/// What becomes of a write that breaks a rule, as a company says in the row of `Setting` whose `Key` is the rule's
/// `policy`. Both sides read it here, so that a device forbids what its server would refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The write goes through without a word.
    Allow,
    /// The write goes through and its author is told, on their device.
    Warn,
    /// The write is refused, with the rule's message.
    Forbid,
}

impl Policy {
    /// `setting` gives the `Value` of the live row of `Setting` with a key, if there is one. What is no policy counts as
    /// none, and then the rule's own `warning` holds.
    pub fn of(rule: &Rule, setting: impl FnOnce(&str) -> Option<String>) -> Policy {
        let said = rule.policy.as_deref().and_then(setting);
        match said.as_deref() {
            Some("allow") => Policy::Allow,
            Some("warn") => Policy::Warn,
            Some("forbid") => Policy::Forbid,
            _ if rule.warning => Policy::Warn,
            _ => Policy::Forbid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(warning: bool, said: Option<&str>, expected: Policy) {
        let rule = Rule {
            code: "overlap".to_owned(),
            condition: "True".to_owned(),
            properties: Vec::new(),
            message: String::new(),
            warning,
            policy: Some("OverlapPolicy".to_owned()),
            on_change: false,
        };
        let setting = |key: &str| said.filter(|_| key == "OverlapPolicy").map(str::to_owned);
        assert_eq!(Policy::of(&rule, setting), expected);
    }

    #[test]
    fn a_company_says_what_becomes_of_a_broken_rule_and_the_rule_itself_where_the_company_says_nothing() {
        check(true, Some("allow"), Policy::Allow);
        check(true, Some("warn"), Policy::Warn);
        check(true, Some("forbid"), Policy::Forbid);
        check(true, None, Policy::Warn);
        check(true, Some("perhaps"), Policy::Warn);
        check(false, None, Policy::Forbid);
    }
}
