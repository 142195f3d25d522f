//! Intact events: the published samples, with identifiers of their own.

use crate::Dice;
use migration_events::json::RawJson;
use std::sync::LazyLock;

/// The contracts whose events are in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// `customer_incoming`, the greater part: each is to be answered.
    CustomerIncoming,
    /// `customer_outgoing`.
    CustomerOutgoing,
    /// `accrual_incoming`.
    AccrualIncoming,
    /// `recurring_charge_plan_incoming`.
    RecurringChargePlanIncoming,
}

/// The samples as they were published.
const PUBLISHED: [&str; 4] = [
    include_str!("../../../../schemas/pismo/samples/customer_incoming-1.json"),
    include_str!("../../../../schemas/pismo/samples/customer_outgoing-1.json"),
    include_str!("../../../../schemas/pismo/samples/accrual_incoming-1.json"),
    include_str!("../../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json"),
];

/// The samples on one line.
static LINES: LazyLock<[String; 4]> = LazyLock::new(|| {
    PUBLISHED.map(|sample| RawJson::parse(sample).expect("the sample is JSON").to_string())
});

impl Contract {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::CustomerIncoming,
        Self::CustomerOutgoing,
        Self::AccrualIncoming,
        Self::RecurringChargePlanIncoming,
    ];

    /// Its name in the envelope.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CustomerIncoming => "customer_incoming",
            Self::CustomerOutgoing => "customer_outgoing",
            Self::AccrualIncoming => "accrual_incoming",
            Self::RecurringChargePlanIncoming => "recurring_charge_plan_incoming",
        }
    }

    /// A contract, and whether its event is in an envelope.
    pub fn any(dice: &mut Dice<'_>) -> (Self, bool) {
        let contract = match dice.below(20) {
            0 => Self::CustomerOutgoing,
            1 => Self::AccrualIncoming,
            2 => Self::RecurringChargePlanIncoming,
            _ => Self::CustomerIncoming,
        };
        (contract, dice.below(3) == 0)
    }
}

/// Returns whether the platform refuses the event with this number: one of fifty customers.
#[must_use]
pub const fn is_refused(contract: Contract, number: u64) -> bool {
    matches!(contract, Contract::CustomerIncoming) && number.is_multiple_of(50)
}

/// The number in a migration id.
pub(crate) fn number(id: &str) -> Option<u64> {
    id.strip_prefix("m-")?.parse().ok()
}

/// The event with this number.
#[must_use]
pub fn sample(contract: Contract, enveloped: bool, number: u64, dice: &mut Dice<'_>) -> String {
    let index = contract as usize;
    // Some as they were published, over many lines.
    let text = if dice.below(8) == 0 { PUBLISHED[index].trim() } else { &*LINES[index] };
    let payload = with_id(text, number);
    if !enveloped {
        return payload;
    }
    let (event_id, cid) = (dice.uuid(), dice.uuid());
    format!(
        r#"{{"event_id":"{event_id}","schema_version":1,"domain":"migration","event_type":"{}-1","org_id":"TN-c642ca23-4ea8-4218-a00d-8331a496253c","cid":"{cid}","timestamp":"2019-07-20T19:03:00.000Z","data":{payload}}}"#,
        contract.name()
    )
}

/// The sample with another migration id.
fn with_id(text: &str, number: u64) -> String {
    let migration = text.find("\"migration\"").unwrap_or(0);
    let (before, rest) = text.split_at(migration);
    let Some(key) = rest.find("\"id\"") else { return text.to_owned() };
    let value = key + 4 + rest[key + 4..].find('"').unwrap_or(0);
    let end = value + 1 + rest[value + 1..].find('"').unwrap_or(0);
    format!("{before}{}\"m-{number}{}", &rest[..value], &rest[end..])
}
