//! Events that report how a migration ended.
//!
//! ```text
//! outcome! {
//!     Moved, Migration, Entity;
//!     code => code; message => message; migration => migration;
//!     status => status: Status::Success | Status::Fail;
//!     operation => operation: Operation::Creation | Operation::Update;
//!     entity => entity;
//!     none => reason;
//!     rest => extra;
//!     answers => Move;
//! }
//! ```
//!
//! The head names the event and the types of its migration and its entity. Each row has a part of the outcome
//! and the field that holds it, which may be optional; `code` and `entity` may be missing, and so may `operation`,
//! whose third value, if there is one, is that of a failure. `none` is for fields of which an outcome says nothing;
//! `answers` names the events that it answers.

/// `Outcome`, and the two functions that begin with it.
#[doc(hidden)]
#[macro_export]
macro_rules! __outcome {
    (
        $event:ident, $migration_type:ty, $entity_type:ty;
        $(code => $code:ident;)?
        message => $message:ident;
        migration => $migration:ident;
        status => $status:ident: $success:path | $fail:path;
        $(operation => $operation:ident: $creation:path | $update:path $(| $failure:path)?;)?
        $(entity => $entity:ident;)?
        $(none => $none:ident;)*
        $(rest => $extra:ident;)?
        $(answers => $answered:ty;)*
    ) => {
        #[allow(deprecated)]
        impl $crate::Outcome for $event {
            type Migration = $migration_type;
            type Entity = $entity_type;
            const ANSWERS: &'static [&'static $crate::Contract] =
                &[$(<$answered as $crate::Event>::CONTRACT),*];

            #[allow(unused_variables)]
            fn assemble(report: $crate::outcome::Report<$migration_type, $entity_type>) -> Self {
                let (is_success, is_creation, entity) = match report.ended {
                    $crate::outcome::Ended::Created(entity) => (
                        true,
                        ::core::option::Option::Some(true),
                        ::core::option::Option::Some(entity),
                    ),
                    $crate::outcome::Ended::Updated(entity) => (
                        true,
                        ::core::option::Option::Some(false),
                        ::core::option::Option::Some(entity),
                    ),
                    $crate::outcome::Ended::Failed => {
                        (false, ::core::option::Option::None, ::core::option::Option::None)
                    }
                };
                Self {
                    $($code: ::core::convert::Into::into(report.code),)?
                    $message: ::core::convert::Into::into(report.message),
                    $migration: ::core::convert::Into::into(report.migration),
                    $status: ::core::convert::Into::into(if is_success { $success } else { $fail }),
                    $($operation: $crate::__outcome_operation!(
                        is_creation, $creation, $update $(, $failure)?
                    ),)?
                    $($entity: entity,)?
                    $($none: ::core::option::Option::None,)*
                    $($extra: ::core::default::Default::default(),)?
                }
            }
        }

        #[allow(deprecated)]
        impl $event {
            /// Starts to report a success: it becomes an event once it is said whether something was
            /// created or updated. `migration` is what came with the event that is answered, so that its
            /// identifiers are repeated with their exact text.
            pub fn succeeded(
                code: impl ::core::convert::Into<::std::string::String>,
                message: impl ::core::convert::Into<::std::string::String>,
                migration: impl ::core::convert::Into<$migration_type>,
            ) -> $crate::outcome::Succeeded<Self> {
                <Self as $crate::Outcome>::succeeded(code, message, migration)
            }

            /// Reports a failure: nothing came of the migration.
            #[must_use]
            pub fn failed(
                code: impl ::core::convert::Into<::std::string::String>,
                message: impl ::core::convert::Into<::std::string::String>,
                migration: impl ::core::convert::Into<$migration_type>,
            ) -> Self {
                <Self as $crate::Outcome>::failed(code, message, migration)
            }
        }
    };
}

/// The operation of a report: absent of a failure, unless there is a value for that.
#[doc(hidden)]
#[macro_export]
macro_rules! __outcome_operation {
    ($is_creation:ident, $creation:path, $update:path) => {
        $is_creation.map(|is_creation: bool| if is_creation { $creation } else { $update })
    };
    ($is_creation:ident, $creation:path, $update:path, $failure:path) => {
        ::core::convert::Into::into(match $is_creation {
            ::core::option::Option::Some(true) => $creation,
            ::core::option::Option::Some(false) => $update,
            ::core::option::Option::None => $failure,
        })
    };
}
