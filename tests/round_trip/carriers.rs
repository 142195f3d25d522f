//! Carriers of events: the envelope of Pismo, EventBridge, SNS, and each inside of another.

use crate::common;
use crate::pismo::{accrual_incoming, customer_incoming, customer_outgoing};
use crate::specsavers::{customer_created, otp_code};
use crate::values::{extra, integer, json_text, raw_json, text, timestamp, uuid};
use crate::{config, there_and_back};
use migration_events::envelope::{EventBridge, Layer, Payload, Sns, from_json, unwrap};
use migration_events::json::Map;
use migration_events::pismo::{CustomerOutgoing, Envelope, EventType, SchemaVersion};
use migration_events::specsavers::CustomerCreated;
use migration_events::{Contract, Event};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;

// Strategies are boxed: their values, unboxed, are too large for the stack of a test.

/// Any spelling of an event's own type; of no event in particular, any text.
fn event_type(contract: Option<&'static Contract>) -> BoxedStrategy<EventType> {
    let Some(contract) = contract else {
        return text().prop_map(EventType::from).boxed();
    };
    let name = contract.name.rsplit('/').next().unwrap();
    (any::<bool>(), any::<bool>())
        .prop_map(move |(hyphens, version)| {
            let name = if hyphens { name.replace('_', "-") } else { name.to_owned() };
            EventType::from(if version { format!("{name}-1") } else { name })
        })
        .boxed()
}

fn schema_version(contract: Option<&'static Contract>) -> BoxedStrategy<SchemaVersion> {
    if contract.is_some() {
        let texts = ["1", "1.0", "1.0.0"].map(|text| SchemaVersion::Text(text.into()));
        return prop_oneof![Just(SchemaVersion::Integer(1)), select(texts.to_vec())].boxed();
    }
    prop_oneof![integer().prop_map(SchemaVersion::Integer), text().prop_map(SchemaVersion::Text),]
        .boxed()
}

const ENVELOPE: &[&str] =
    &["event_id", "schema_version", "domain", "event_type", "org_id", "cid", "timestamp", "data"];

fn envelope<T>(data: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Envelope<T>>
where
    T: Payload + std::fmt::Debug + 'static,
{
    let contract = T::RULES.contract;
    let named = (uuid(), schema_version(contract), text(), event_type(contract), text(), text());
    (named, of(timestamp()), data.boxed(), extra(ENVELOPE))
        .prop_map(
            |(
                (event_id, schema_version, domain, event_type, org_id, cid),
                timestamp,
                data,
                extra,
            )| {
                Envelope {
                    event_id,
                    schema_version,
                    domain,
                    event_type,
                    org_id,
                    cid,
                    timestamp,
                    data,
                    extra,
                }
            },
        )
        .boxed()
}

const EVENT_BRIDGE: &[&str] =
    &["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"];

fn event_bridge<T: std::fmt::Debug + 'static>(
    detail: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<EventBridge<T>> {
    let named = (of(text()), of(text()), text(), text(), of(text()));
    let more = (of(timestamp()), of(text()), of(vec(text(), 0..3)));
    (named, more, detail.boxed(), extra(EVENT_BRIDGE))
        .prop_map(
            |(
                (version, id, detail_type, source, account),
                (time, region, resources),
                detail,
                extra,
            )| {
                EventBridge {
                    version,
                    id,
                    detail_type,
                    source,
                    account,
                    time,
                    region,
                    resources,
                    detail,
                    extra,
                }
            },
        )
        .boxed()
}

const SNS: &[&str] = &["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp"];

fn sns<T: std::fmt::Debug + 'static>(
    message: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Sns<T>> {
    (text(), text(), of(of(text())), message.boxed(), of(timestamp()), extra(SNS))
        .prop_map(|(message_id, topic_arn, subject, message, timestamp, extra)| Sns {
            message_id,
            topic_arn,
            subject,
            message,
            timestamp,
            extra,
        })
        .boxed()
}

/// Reads the event through its wrappers, without and with knowledge of where it is.
fn found<T>(wrapped: &str, event: &T, layers: &[Layer]) -> Result<(), TestCaseError>
where
    T: Event + PartialEq + std::fmt::Debug,
{
    let read = from_json::<T>(wrapped.as_bytes());
    prop_assert_eq!(read.as_ref(), Ok(event));
    let unwrapped = unwrap(wrapped.as_bytes()).unwrap();
    let text = event.to_json();
    prop_assert_eq!(unwrapped.message(), &text);
    prop_assert_eq!(unwrapped.layers(), layers);
    match unwrapped.offset() {
        Some(start) => prop_assert_eq!(&wrapped[start..start + text.len()], &text),
        None => prop_assert!(layers.contains(&Layer::Sns)),
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_envelope_around_anything(envelope in envelope(raw_json())) {
        there_and_back(&envelope)?;
    }

    #[test]
    fn an_envelope_around_each_event(
        incoming in envelope(customer_incoming()),
        outgoing in envelope(customer_outgoing()),
        accrual in envelope(accrual_incoming()),
    ) {
        there_and_back(&incoming)?;
        there_and_back(&outgoing)?;
        there_and_back(&accrual)?;
    }

    #[test]
    fn an_envelope_decodes_in_one_step_or_two(envelope in envelope(customer_outgoing())) {
        let raw: Envelope = Envelope::from_json(envelope.to_json().as_bytes()).unwrap();
        prop_assert_eq!(raw.to_json(), envelope.to_json());
        prop_assert_eq!(raw.decode::<CustomerOutgoing>(), Ok(envelope));
    }

    #[test]
    fn event_bridge_around_anything(wrapped in event_bridge(raw_json())) {
        there_and_back(&wrapped)?;
    }

    #[test]
    fn event_bridge_around_an_event(wrapped in event_bridge(customer_created())) {
        there_and_back(&wrapped)?;
        found(&wrapped.to_json(), &wrapped.detail, &[Layer::EventBridge])?;
    }

    #[test]
    fn a_notification_of_any_text(wrapped in sns(text())) {
        there_and_back(&wrapped)?;
    }

    #[test]
    fn a_notification_keeps_white_space_of_its_message(
        wrapped in sns(json_text().prop_map(|text| format!(" {text}\n"))),
    ) {
        there_and_back(&wrapped)?;
        let unwrapped = unwrap(wrapped.to_json().as_bytes()).unwrap().into_payload().into_owned();
        prop_assert_eq!(unwrapped, wrapped.message);
    }

    #[test]
    fn a_notification_of_an_event(wrapped in sns(otp_code())) {
        there_and_back(&wrapped)?;
        found(&wrapped.to_json(), &wrapped.message, &[Layer::Sns])?;
        let text: Sns = Sns::from_json(wrapped.to_json().as_bytes()).unwrap();
        prop_assert_eq!(text.decode(), Ok(wrapped));
    }

    #[test]
    fn a_notification_of_event_bridge_with_an_envelope(
        wrapped in sns(event_bridge(envelope(customer_outgoing()))),
    ) {
        there_and_back(&wrapped)?;
        let text = wrapped.to_json();
        let envelope = &wrapped.message.detail;
        let layers = [Layer::Sns, Layer::EventBridge, Layer::Pismo];
        found(&text, envelope, &layers)?;
        let unwrapped = unwrap(text.as_bytes()).unwrap();
        prop_assert_eq!(unwrapped.event_type(), Some(envelope.event_type.as_str()));
        prop_assert_eq!(unwrapped.detail_type(), Some(&*wrapped.message.detail_type));
        prop_assert_eq!(unwrapped.into_payload(), envelope.data.to_json());
    }

    #[test]
    fn event_bridge_with_a_notification_of_a_notification(
        wrapped in event_bridge(sns(sns(customer_created()))),
    ) {
        there_and_back(&wrapped)?;
        let layers = [Layer::EventBridge, Layer::Sns, Layer::Sns];
        found(&wrapped.to_json(), &wrapped.detail.message.message, &layers)?;
    }

    #[test]
    fn recognition_ignores_white_space_and_order(
        event in customer_created(),
        wrapped in event_bridge(raw_json()),
        space in "[ \n\r\t]{0,3}",
    ) {
        let EventBridge { detail_type, source, .. } = wrapped;
        let quoted = common::json::quoted;
        let detail = event.to_json();
        let text = format!(
            r#"{space}{{"resources":[{{"detail":"}}"}}],{space}"detail"{space}:{space}{detail}{space},"source":{},"detail-type":{}}}{space}"#,
            quoted(&source),
            quoted(&detail_type),
        );
        found::<CustomerCreated>(&text, &event, &[Layer::EventBridge])?;
    }

    #[test]
    fn any_text_within_a_notification_is_found(value in json_text(), cut in any::<prop::sample::Index>()) {
        let ends: Vec<_> = value.char_indices().map(|(at, _)| at).collect();
        // Text that breaks off is an event like any other, until it is read.
        let message = value[..ends[cut.index(ends.len())]].to_owned();
        let json = Sns {
            message_id: "1".into(),
            topic_arn: "arn".into(),
            subject: None,
            message,
            timestamp: None,
            extra: Map::new(),
        };
        let text = json.to_json();
        let unwrapped = unwrap(text.as_bytes()).unwrap();
        prop_assert_eq!(unwrapped.message(), &json.message);
    }

    #[test]
    fn looking_for_wrappers_in_any_text_ends(text in "[\\[\\]{}\",:a-z \\\\]{0,60}") {
        let unwrapped = unwrap(text.as_bytes()).unwrap();
        prop_assert_eq!(unwrapped.payload(), &text);
    }
}
