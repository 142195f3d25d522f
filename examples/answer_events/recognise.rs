//! Tells which contract a text follows by looking at a few property names.
//!
//! No tree is built: values are skipped, and only their places are kept.

use migration_events::json::Reader;
use migration_events::{Contract, Event, boost, pismo, specsavers};
use std::borrow::Cow;
use std::ops::Range;

/// The contracts that this program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    CustomerIncoming,
    CustomerOutgoing,
    AccrualIncoming,
    RecurringChargePlanIncoming,
    AccountMigration,
    CustomerCreated,
}

impl Known {
    pub(crate) fn contract(self) -> &'static Contract {
        match self {
            Known::CustomerIncoming => pismo::CustomerIncoming::CONTRACT,
            Known::CustomerOutgoing => pismo::CustomerOutgoing::CONTRACT,
            Known::AccrualIncoming => pismo::AccrualIncoming::CONTRACT,
            Known::RecurringChargePlanIncoming => pismo::RecurringChargePlanIncoming::CONTRACT,
            Known::AccountMigration => boost::AccountMigrationEvent::CONTRACT,
            Known::CustomerCreated => specsavers::CustomerCreated::CONTRACT,
        }
    }
}

/// What a text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// The payload of an event, alone.
    Bare(Known),
    /// An envelope around a payload, which is at this place of the text.
    Enveloped(Known, Range<usize>),
    /// A dump of a topic with account migrations.
    Dump,
    /// Nothing this program knows.
    Unknown,
}

/// Recognises a text that may break off.
pub(crate) fn recognise(text: &str) -> Form {
    let root = Members::of(text);
    if let Some(event_type) = root.string("event_type") {
        return match (pismo_event(&event_type), root.place("data")) {
            (Some(known), Some(data)) => Form::Enveloped(known, data),
            (Some(known), None) => Form::Bare(known),
            (None, _) => Form::Unknown,
        };
    }
    if root.string("type").as_deref() == Some("com.specsavers.customer.created") {
        return Form::Bare(Known::CustomerCreated);
    }
    if root.has("specversion") {
        return Form::Unknown;
    }
    if root.inside("0").has("messages") {
        return Form::Dump;
    }
    const BOOST: &str = "uk.co.boostpower.support.kafka.messages.";
    if root.inside("event").names().any(|name| name.starts_with(BOOST)) {
        return Form::Bare(Known::AccountMigration);
    }
    bare_pismo(&root).map_or(Form::Unknown, Form::Bare)
}

/// How `event_type` is spelt on the wire is not published, so four spellings are taken.
fn pismo_event(event_type: &str) -> Option<Known> {
    let name = event_type.strip_suffix("-1").unwrap_or(event_type);
    Some(match name {
        "customer_incoming" | "customer-incoming" => Known::CustomerIncoming,
        "customer_outgoing" | "customer-outgoing" => Known::CustomerOutgoing,
        "accrual_incoming" | "accrual-incoming" => Known::AccrualIncoming,
        "recurring_charge_plan_incoming" | "recurring-charge-plan-incoming" => {
            Known::RecurringChargePlanIncoming
        }
        _ => return None,
    })
}

/// A payload without envelope shows what it is by its properties.
fn bare_pismo(root: &Members<'_>) -> Option<Known> {
    let outgoing = ["status", "code", "migration"];
    if outgoing.iter().filter(|name| root.has(name)).count() >= 2 {
        return Some(Known::CustomerOutgoing);
    }
    let entity = root.inside("entity");
    let any = |names: &[&str]| names.iter().any(|name| entity.has(name));
    // `customer_incoming` comes last: it is open everywhere, so an accrual that lacks one property
    // would pass as a customer if that property alone told them apart.
    if any(&["accruals", "accounting_date", "authorization_type"]) {
        Some(Known::AccrualIncoming)
    } else if any(&["installment_amount", "processing_code", "number_of_cycles"]) {
        Some(Known::RecurringChargePlanIncoming)
    } else if entity.has("migration") {
        Some(Known::CustomerIncoming)
    } else {
        None
    }
}

/// The members of an object and where their values are, as far as the text can be read.
struct Members<'t> {
    text: &'t str,
    list: Vec<(Cow<'t, str>, Range<usize>)>,
}

impl<'t> Members<'t> {
    /// Of a text that is no object: none.
    fn of(text: &'t str) -> Self {
        let mut members = Self { text, list: Vec::new() };
        let mut reader = Reader::new(text);
        let mut first = true;
        if reader.begin_object().is_err() {
            return members;
        }
        while let Ok(Some(key)) = reader.next_key(&mut first)
            && reader.peek().is_ok()
        {
            let start = reader.position();
            let whole = reader.skip().is_ok();
            // A value that breaks off goes on to the end of the text.
            let end = if whole { reader.position() } else { text.len() };
            members.list.push((key, start..end));
            if !whole {
                break;
            }
        }
        members
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|(key, _)| &**key)
    }

    fn has(&self, name: &str) -> bool {
        self.names().any(|key| key == name)
    }

    fn place(&self, name: &str) -> Option<Range<usize>> {
        self.list.iter().find(|(key, _)| key == name).map(|(_, place)| place.clone())
    }

    fn string(&self, name: &str) -> Option<Cow<'t, str>> {
        Reader::new(&self.text[self.place(name)?]).string().ok()
    }

    /// The members of a member.
    fn inside(&self, name: &str) -> Members<'t> {
        Members::of(self.place(name).map_or("", |place| &self.text[place]))
    }
}
