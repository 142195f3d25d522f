//! Contracts that report how a migration ended.

/// The part that each member of an outcome event plays.
///
/// The frontend has made sure that the root of the contract is a record with these members, of types
/// that fit and are never null, and that it requires no others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// The member with the code of success or failure, if the contract has one.
    pub(crate) code: Option<String>,
    /// The member with an explanation for people.
    pub(crate) message: String,
    /// The member that identifies the migration.
    pub(crate) migration: String,
    /// The member that says whether the migration succeeded: its values for success and for failure.
    pub(crate) status: Choice,
    /// The member that says what a success did: its values for created and for updated.
    pub(crate) operation: Option<Choice>,
    /// The value of that member for a failure; without it, a failure leaves the member out.
    pub(crate) failed_operation: Option<String>,
    /// The optional member with what came of the migration.
    pub(crate) entity: Option<String>,
    /// The names of the contracts that such an event answers.
    pub(crate) answers: Vec<String>,
}

/// A member that holds one of two values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    /// The name of the member.
    pub(crate) member: String,
    /// The two values, as they are written.
    pub(crate) values: [String; 2],
}

impl Outcome {
    /// The members that play a part.
    pub(crate) fn members(&self) -> Vec<&str> {
        let always = [&self.message, &self.migration, &self.status.member];
        let operation = self.operation.as_ref().map(|choice| &choice.member);
        let others = [self.code.as_ref(), operation, self.entity.as_ref()];
        always.into_iter().chain(others.into_iter().flatten()).map(String::as_str).collect()
    }
}
