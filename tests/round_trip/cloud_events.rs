//! The five events of Specsavers as events of the CloudEvents SDK.

use crate::common::json::parse;
use crate::config;
use crate::specsavers::{
    customer_created, customer_updated, customer_wallet_updated, otp_code, password_reset,
};
use migration_events::json::{Map, RawJson};
use migration_events::specsavers::{CloudEvent, CloudEventError};
use proptest::option::of;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Members that CloudEvents has a place for.
fn members() -> impl Strategy<Value = Map<RawJson>> {
    let source = of("/[a-z]{1,5}".prop_map(|source| (String::from("source"), quoted(&source))));
    let time = of(Just((String::from("time"), quoted("2024-05-01T09:30:00.120Z"))));
    let schema = of(Just((String::from("dataschema"), quoted("https://example.com/x?y#z"))));
    let value = prop_oneof![
        any::<String>().prop_map(|text| quoted(&text)),
        any::<bool>().prop_map(|value| RawJson::parse(&value.to_string()).unwrap()),
        any::<i32>().prop_map(|value| RawJson::parse(&value.to_string()).unwrap()),
    ];
    let extension = proptest::collection::vec(("x[a-z0-9]{1,6}", value), 0..4);
    (source, time, schema, extension).prop_map(|(source, time, schema, extensions)| {
        source.into_iter().chain(time).chain(schema).chain(extensions).collect()
    })
}

fn quoted(text: &str) -> RawJson {
    RawJson::parse(&serde_json::to_string(text).unwrap()).unwrap()
}

fn there_and_back<T>(event: &T) -> Result<(), TestCaseError>
where
    T: CloudEvent,
    for<'a> cloudevents::Event: TryFrom<&'a T, Error = CloudEventError>,
    for<'a> T: TryFrom<&'a cloudevents::Event, Error = CloudEventError>,
{
    let converted = cloudevents::Event::try_from(event);
    prop_assert!(converted.is_ok(), "{converted:?}");
    let converted = converted.unwrap();
    let back = T::try_from(&converted);
    prop_assert!(back.is_ok());
    let text = back.ok().map(|event| event.to_json());
    prop_assert_eq!(text.map(|text| parse(&text)), Some(parse(&event.to_json())));
    Ok(())
}

macro_rules! events {
    ($($test:ident: $strategy:ident, $event:ident => $set:block)*) => {
        proptest! {
            #![proptest_config(config())]

            $(#[test]
            fn $test(mut $event in $strategy(), id in "[a-z]{1,8}", extra in members()) {
                $event.id = Some(id);
                $event.specversion = Some("1.0".into());
                $set
                $event.subject = $event.subject.filter(|subject| !subject.is_empty());
                $event.datacontenttype = $event.datacontenttype.filter(|name| !name.is_empty());
                $event.extra = extra;
                there_and_back(&$event)?;
            })*
        }
    };
}

events! {
    customer_created_as_cloud_event: customer_created, event => {}
    customer_updated_as_cloud_event: customer_updated, event => { event.r#type = Some("u".into()); }
    customer_wallet_updated_as_cloud_event:
        customer_wallet_updated, event => { event.r#type = Some("w".into()); }
    password_reset_as_cloud_event: password_reset, event => { event.r#type = Some("p".into()); }
    otp_code_as_cloud_event: otp_code, event => { event.r#type = Some("o".into()); }
}

proptest! {
    #![proptest_config(config())]

    /// Whatever an event holds: it is converted without loss, or refused.
    #[test]
    fn nothing_is_lost_without_an_error(mut event in customer_updated(), id in "[a-z]{0,8}") {
        event.id = Some(id);
        event.specversion = Some("1.0".into());
        if cloudevents::Event::try_from(&event).is_ok() {
            there_and_back(&event)?;
        }
    }
}
