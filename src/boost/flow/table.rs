//! The one table of the documented life of a flow: steps, states, transitions and diagram.

use crate::avro::TimestampMillis;
use crate::boost::MigrationStep;
use serde::{Deserialize, Serialize};
use std::fmt;

/// From the table: [`Step`], [`State`], [`TRANSITIONS`] and the text of the diagram.
///
/// A state is named after the step that leads to it, as in the contract.
macro_rules! life_of_a_flow {
    (
        steps { $($(#[$docs:meta])* $step:ident at $at:ident: $words:literal,)* }
        begins { $first:ident }
        transitions { $($from:ident + $on:ident => $to:ident,)* }
        ends { $($end:ident),* }
    ) => {
        /// Name of a step in the documentation, for `concat!`.
        macro_rules! words {
            $(($step) => { $words };)*
        }

        macro_rules! mermaid {
            () => {
                concat!(
                    "stateDiagram-v2\n",
                    "    [*] --> ", stringify!($first), ": ", words!($first), "\n",
                    $("    ", stringify!($from), " --> ", stringify!($to), ": ", words!($on), "\n",)*
                    $("    ", stringify!($end), " --> [*]\n",)*
                )
            };
        }

        /// A step of a migration: which of the seven events happened.
        ///
        /// [`Display`](fmt::Display) has the words of the contract (`balance retrieved`), the `serde`
        /// form joins them (`"balance_retrieved"`).
        ///
        /// ```
        /// use migration_events::boost::Step;
        ///
        /// assert_eq!(Step::RollBackInitiated.to_string(), "rollback initiated");
        /// assert_eq!(serde_json::to_string(&Step::BalanceRetrieved)?, r#""balance_retrieved""#);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Step {
            $($(#[$docs])* $step,)*
        }

        impl Step {
            /// The seven steps, in the order of the happy path, then cancellation and rollback.
            pub const VALUES: [Self; [$(Self::$step),*].len()] = [$(Self::$step),*];

            /// The words of the contract.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$step => $words,)*
                }
            }
        }

        impl From<&MigrationStep> for Step {
            fn from(event: &MigrationStep) -> Self {
                match event {
                    $(MigrationStep::$step(_) => Self::$step,)*
                }
            }
        }

        impl MigrationStep {
            /// The step that the event reports.
            #[must_use]
            pub fn step(&self) -> Step {
                self.into()
            }

            /// When the step happened: `scheduledAt`, `retrievedAt`, … of the record. The creation
            /// of the message, which may be later, is in its [`metadata`](Self::metadata).
            ///
            /// ```
            /// use migration_events::boost::{Dump, Step};
            ///
            /// let sample = include_bytes!("../../../schemas/boost/samples/kafka_dump.json");
            /// let event = Dump::from_json(sample)?.messages().next().unwrap().event?.event;
            /// assert_eq!(event.step(), Step::Completed);
            /// assert_eq!(event.happened_at().to_string(), "2018-05-05T00:00:00Z");
            /// # Ok::<(), Box<dyn std::error::Error>>(())
            /// ```
            #[must_use]
            pub fn happened_at(&self) -> TimestampMillis {
                match self {
                    $(MigrationStep::$step(event) => event.$at,)*
                }
            }
        }

        /// Where a flow stands: the last step that happened.
        ///
        /// [`Display`](fmt::Display) has the words of the contract (`balance retrieved`), the `serde`
        /// form joins them (`"balance_retrieved"`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum State {
            $(
                #[doc = concat!("The last step was: ", $words, ".")]
                $step,
            )*
        }

        impl State {
            /// The seven states, in the order of [`Step::VALUES`].
            pub const VALUES: [Self; [$(Self::$step),*].len()] = [$(Self::$step),*];

            /// The words of the contract.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$step => $words,)*
                }
            }

            /// Returns whether somebody still has to act: all states but completed, cancelled and rolled
            /// back.
            ///
            /// A completed flow is not open, although a rollback may open it again.
            #[must_use]
            pub const fn is_open(self) -> bool {
                !matches!(self, $(Self::$end)|*)
            }
        }

        const TRANSITIONS: &[Transition] = &[
            Transition { from: None, on: Step::$first, to: State::$first },
            $(Transition { from: Some(State::$from), on: Step::$on, to: State::$to },)*
        ];
    };
}

life_of_a_flow! {
    steps {
        /// The migration was scheduled, at T-2, to take effect at T0; begins a flow.
        Scheduled at scheduled_at: "scheduled",
        /// Balance and transaction history are available, at T1.
        BalanceRetrieved at retrieved_at: "balance retrieved",
        /// Balance and history have arrived at T2 and were found valid.
        Validated at validated_at: "validated",
        /// The account has been switched to the new platform.
        Completed at completed_at: "completed",
        /// The migration was cancelled before T2, to be started again in a new flow.
        Cancelled at cancelled_at: "cancelled",
        /// The way back to the old platform was started.
        RollBackInitiated at roll_back_initiated_at: "rollback initiated",
        /// The account is on the old platform again; a new flow may follow.
        RolledBack at rolled_back_at: "rolled back",
    }
    begins { Scheduled }
    transitions {
        Scheduled + BalanceRetrieved => BalanceRetrieved,
        Scheduled + Cancelled => Cancelled,
        BalanceRetrieved + Validated => Validated,
        BalanceRetrieved + Cancelled => Cancelled,
        Validated + Completed => Completed,
        Completed + RollBackInitiated => RollBackInitiated,
        RollBackInitiated + RolledBack => RolledBack,
    }
    ends { Completed, Cancelled, RolledBack }
}

/// A row of the table; `from` is `None` where a flow begins.
struct Transition {
    from: Option<State>,
    on: Step,
    to: State,
}

// No step leads back: a flow passes each step once at most, which bounds its memory and `leads_to`.
const _: () = {
    let mut row = 0;
    while row < TRANSITIONS.len() {
        if let Some(from) = TRANSITIONS[row].from {
            assert!((from as u8) < TRANSITIONS[row].to as u8);
        }
        row += 1;
    }
};

impl Step {
    /// The step that has to come first, where `self` is not legal yet; `None` where it is too late.
    pub(super) fn missing_before(self, state: Option<State>) -> Option<Step> {
        let before = TRANSITIONS
            .iter()
            .filter(|row| row.on == self)
            .filter_map(|row| row.from)
            .find(|from| leads_to(state, *from))?;
        TRANSITIONS.iter().find(|row| row.to == before).map(|row| row.on)
    }
}

/// The state to which `step` leads from `state`, if the table allows it.
pub(super) fn next(state: Option<State>, step: Step) -> Option<State> {
    TRANSITIONS.iter().find(|row| row.from == state && row.on == step).map(|row| row.to)
}

/// The steps that the table allows; before a flow has begun, that is `scheduled`.
pub(super) fn expected(state: Option<State>) -> impl Iterator<Item = Step> {
    TRANSITIONS.iter().filter(move |row| row.from == state).map(|row| row.on)
}

fn leads_to(from: Option<State>, to: State) -> bool {
    let mut rows = TRANSITIONS.iter().filter(|row| row.from == from);
    rows.any(|row| row.to == to || leads_to(Some(row.to), to))
}

impl State {
    /// The steps that may follow in the same flow; none after cancelled and rolled back.
    ///
    /// ```
    /// use migration_events::boost::{State, Step};
    ///
    /// assert!(State::BalanceRetrieved.expected().eq([Step::Validated, Step::Cancelled]));
    /// assert!(State::RolledBack.expected().eq([]));
    /// ```
    pub fn expected(self) -> impl Iterator<Item = Step> {
        expected(Some(self))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
