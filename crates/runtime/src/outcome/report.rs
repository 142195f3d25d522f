//! The shapes of an outcome, and their conversion into an event.

use super::rejected::{self, Answerable};
use crate::json::Decode;
use crate::{Contract, Event, Rejection};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// An event that reports how a migration ended.
///
/// Generated for contracts whose annotation `x-outcome` names the members that report it. For other
/// outcome events of its own a service implements [`assemble`](Self::assemble).
pub trait Outcome: Event {
    /// Identifies the migration that is answered.
    type Migration;
    /// The resulting entity on the platform; `()` where outcomes do not name one.
    type Entity;

    /// The contracts whose events it answers, as the annotation `x-answers` names them.
    const ANSWERS: &'static [&'static Contract] = &[];

    /// The event for a report.
    fn assemble(report: Report<Self::Migration, Self::Entity>) -> Self;

    /// Starts to report a success, which must still say whether something was
    /// [created](Succeeded::created) or [updated](Succeeded::updated).
    fn succeeded(
        code: impl Into<String>,
        message: impl Into<String>,
        migration: impl Into<Self::Migration>,
    ) -> Succeeded<Self> {
        Succeeded {
            code: code.into(),
            message: message.into(),
            migration: migration.into(),
            outcome: PhantomData,
        }
    }

    /// Reports a failure: nothing came of it.
    #[must_use]
    fn failed(
        code: impl Into<String>,
        message: impl Into<String>,
        migration: impl Into<Self::Migration>,
    ) -> Self {
        Self::assemble(Report {
            code: code.into(),
            message: message.into(),
            migration: migration.into(),
            ended: Ended::Failed,
        })
    }

    /// Reports what a handler returned, a success or the service's own error.
    #[must_use]
    fn from_result<F: Failure>(
        result: Result<Success<Self::Entity>, F>,
        migration: impl Into<Self::Migration>,
    ) -> Self {
        match result {
            Ok(Success { code, message, ended }) => {
                Self::assemble(Report { code, message, migration: migration.into(), ended })
            }
            Err(error) => Self::failed(error.code(), error.message(), migration),
        }
    }

    /// Reports that a message was rejected, if it still identifies its migration: its
    /// identifiers are there, follow the contract, and no repeated key leaves open which are meant.
    ///
    /// They are found wherever they stand, whatever is broken elsewhere, but not after an error of syntax, nor after
    /// a value that is nested too deeply. A message that is too long is not answered.
    ///
    /// The outcome's message says where the rejected one breaks which rule, and shows no value; long keys are
    /// shortened.
    #[must_use]
    fn rejected<R>(code: impl Into<String>, rejection: &Rejection, message: &[u8]) -> Option<Self>
    where
        R: Answerable,
        R::Migration: Decode + Into<Self::Migration>,
    {
        let migration = rejected::migration::<R>(rejection, message)?;
        Some(Self::failed(code, rejected::describe(rejection), migration))
    }
}

/// An error that a failed outcome can report.
///
/// Both texts are published: they must not contain anything that the receiver should not see.
pub trait Failure {
    /// The code of the failure, from the list that sender and receiver have agreed on.
    fn code(&self) -> Cow<'_, str>;

    /// A human-readable description of the problem.
    fn message(&self) -> Cow<'_, str>;
}

impl<F: Failure + ?Sized> Failure for &F {
    fn code(&self) -> Cow<'_, str> {
        (**self).code()
    }

    fn message(&self) -> Cow<'_, str> {
        (**self).message()
    }
}

impl<F: Failure + ?Sized> Failure for Box<F> {
    fn code(&self) -> Cow<'_, str> {
        (**self).code()
    }

    fn message(&self) -> Cow<'_, str> {
        (**self).message()
    }
}

/// The content of an outcome event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report<M, E> {
    /// The code of success or failure.
    pub code: String,
    /// A human-readable description of the outcome.
    pub message: String,
    /// The migration.
    pub migration: M,
    /// The end of the migration.
    pub ended: Ended<E>,
}

/// The end of a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended<E> {
    /// It succeeded, and this is new on the platform.
    Created(E),
    /// It succeeded, and changed this, which the platform had.
    Updated(E),
    /// It failed.
    Failed,
}

/// The result of a handler; [`Outcome::from_result`] makes an event of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Success<E> {
    code: String,
    message: String,
    ended: Ended<E>,
}

impl<E> Success<E> {
    /// This is new on the platform.
    pub fn created(code: impl Into<String>, message: impl Into<String>, entity: E) -> Self {
        Self { code: code.into(), message: message.into(), ended: Ended::Created(entity) }
    }

    /// The platform had this, and it was changed.
    pub fn updated(code: impl Into<String>, message: impl Into<String>, entity: E) -> Self {
        Self { code: code.into(), message: message.into(), ended: Ended::Updated(entity) }
    }
}

/// A success that does not say yet what was done; see [`Outcome::succeeded`].
#[must_use = "say whether something was created or updated"]
pub struct Succeeded<O: Outcome> {
    code: String,
    message: String,
    migration: O::Migration,
    outcome: PhantomData<fn() -> O>,
}

impl<O: Outcome> Succeeded<O> {
    /// This is new on the platform.
    #[must_use]
    pub fn created(self, entity: O::Entity) -> O {
        self.ended(Ended::Created(entity))
    }

    /// The platform had this, and it was changed.
    #[must_use]
    pub fn updated(self, entity: O::Entity) -> O {
        self.ended(Ended::Updated(entity))
    }

    fn ended(self, ended: Ended<O::Entity>) -> O {
        let Self { code, message, migration, .. } = self;
        O::assemble(Report { code, message, migration, ended })
    }
}

impl<O: Outcome<Migration: fmt::Debug>> fmt::Debug for Succeeded<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Succeeded")
            .field("code", &self.code)
            .field("message", &self.message)
            .field("migration", &self.migration)
            .finish()
    }
}
