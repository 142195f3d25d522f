//! Details of the Specsavers contracts that readers get wrong: they are known from a rendering alone.

use crate::common::contracts::sample;
use crate::common::{accepted, assert_lossless, assert_rejected};
use migration_events::Event;
use migration_events::specsavers::{
    CustomerCreated, CustomerUpdated, CustomerWalletUpdated, OtpCode, PasswordReset,
};

const CREATED: &str = r#""type":"com.specsavers.customer.created""#;

#[test]
fn optional_members_are_neither_invented_nor_dropped() {
    // Any property may be missing, except the one by which the message is recognised.
    let sample = sample("customer_created");
    let mut removed = 0;
    for (pointer, _) in sample.places() {
        let item = pointer.rsplit('/').next().is_some_and(|token| token.parse::<usize>().is_ok());
        if pointer.is_empty() || item {
            continue;
        }
        removed += 1;
        let without = sample.without(&pointer);
        if pointer == "/type" {
            assert_rejected::<CustomerCreated>(&without, vec![("", "required")]);
        } else {
            assert_lossless::<CustomerCreated>(&without);
        }
    }
    assert!(removed > 40, "{removed} members");
    let least: CustomerCreated = assert_lossless(&format!("{{{CREATED}}}"));
    assert_eq!((least.data, least.extra.len()), (None, 0));
    let other = sample.with("/type", r#""com.specsavers.customer.updated""#);
    assert_rejected::<CustomerCreated>(&other, vec![("/type", "const")]);

    // What the sample cuts off, or never showed, is kept at every level.
    for (pointer, value) in sample.places() {
        if matches!(value, crate::common::json::Json::Object(_)) {
            let more = sample.plus(&pointer, r#""openingHours":[{"day":"Mon","from":9.50}]"#);
            assert_lossless::<CustomerCreated>(&more);
        }
    }
    // No shape of `registeredAddress` is proven, so it has any.
    for shape in [r#""1 High Street""#, "null", "[1.50]", r#"{"line1":"x"}"#] {
        let member = format!(r#""registeredAddress":{shape}"#);
        let message = sample.plus("/data/aftercareStore/companyDetails", &member);
        assert_lossless::<CustomerCreated>(&message);
    }
    // What is a string in the sample, and has no format there, is any string.
    for pointer in ["/data/customer/dateOfBirth", "/data/customer/createdAt", "/market", "/subject"]
    {
        assert_lossless::<CustomerCreated>(&sample.with(pointer, r#""whenever""#));
    }

    // The other four carry the envelope and any object as data.
    envelope_and_any_data::<CustomerUpdated>();
    envelope_and_any_data::<CustomerWalletUpdated>();
    envelope_and_any_data::<PasswordReset>();
    envelope_and_any_data::<OtpCode>();
}

fn envelope_and_any_data<T: Event>() {
    assert_lossless::<T>("{}");
    assert_lossless::<T>(r#"{"type":"anything","data":{}}"#);
    assert_lossless::<T>(
        r#"{"data":{"wallet":[{"amount":1.10,"x":null}]},"source":"/s","time":1}"#,
    );
    assert_lossless::<T>(&sample("customer_created").to_text());
    let wrong = r#"{"id":1,"env":"live","data":[],"market":null}"#;
    let expected = vec![("/id", "type"), ("/env", "enum"), ("/data", "type"), ("/market", "type")];
    assert_rejected::<T>(wrong, expected);
    for env in ["dev", "qa", "qa2", "stg", "prod"] {
        assert_lossless::<T>(&format!(r#"{{"env":"{env}"}}"#));
    }
}

#[test]
fn correlation_ids_have_two_places() {
    macro_rules! check {
        ($($event:ty),*) => {$({
            let read = |members: &str| -> $event {
                assert_lossless(&format!("{{{CREATED}{members}}}"))
            };
            let id = |members: &str| read(members).correlation_id().map(|id| id.into_owned());
            assert_eq!(id(""), None);
            assert_eq!(id(r#","correlationid":"root""#).as_deref(), Some("root"));
            assert_eq!(
                id(r#","detail":{"x":{},"correlationid":"wrap\u0070ed"}"#).as_deref(),
                Some("wrapped"),
            );
            let both = r#","detail":{"correlationid":"wrapped"},"correlationid":"root""#;
            assert_eq!(id(both).as_deref(), Some("root"));
            for detail in ["null", "[]", "{}", r#"{"correlationid":7}"#, r#""correlationid""#] {
                assert_eq!(id(&format!(r#","detail":{detail}"#)), None, "{detail}");
            }
        })*};
    }
    check!(CustomerCreated, CustomerUpdated, CustomerWalletUpdated, PasswordReset, OtpCode);

    // Where the contract says it is.
    const SAID: Option<&str> = Some("$message.payload#/detail/correlationid");
    assert_eq!(CustomerCreated::CONTRACT.correlation_id, SAID);
    assert_eq!(CustomerUpdated::CONTRACT.correlation_id, SAID);
    assert_eq!(CustomerWalletUpdated::CONTRACT.correlation_id, SAID);
    assert_eq!(PasswordReset::CONTRACT.correlation_id, None);
    assert_eq!(OtpCode::CONTRACT.correlation_id, None);
    // Where the sample has it.
    let created: CustomerCreated = accepted(&sample("customer_created").to_text());
    let id = created.correlation_id();
    assert_eq!(id.as_deref(), Some("0b6a2a3e-55c1-4f0b-8c55-6d1a0f1e7c42"));
}

#[test]
fn missing_customer_info_means_not_migrated() {
    const INFO: &str = "/data/customer/migratedCustomerInfo";
    let sample = sample("customer_created");
    let created: CustomerCreated = assert_lossless(&sample.to_text());
    let [migrated] = created.migrated_from() else { panic!("one in the sample") };
    assert_eq!(migrated.system.as_deref(), Some("LEGACY_SHOP"));
    assert_eq!(migrated.id.as_deref(), Some("legacy-77"));
    let at = migrated.created_at.as_ref().map(ToString::to_string);
    assert_eq!(at.as_deref(), Some("2019-03-04T05:06:07.089Z"));

    for not_migrated in [
        sample.with(INFO, "[]"),
        sample.without(INFO),
        sample.without("/data/customer"),
        sample.without("/data"),
    ] {
        let created: CustomerCreated = assert_lossless(&not_migrated);
        assert!(created.migrated_from().is_empty());
    }
    let message = sample.with(INFO, "null");
    assert_rejected::<CustomerCreated>(&message, vec![(INFO, "type")]);
    // Two systems, in order; an entry may be all but empty.
    let message = sample.with(INFO, r#"[{"system":"b"},{},{"system":"a","x":1}]"#);
    let created: CustomerCreated = assert_lossless(&message);
    let systems: Vec<_> =
        created.migrated_from().iter().map(|info| info.system.as_deref()).collect();
    assert_eq!(systems, [Some("b"), None, Some("a")]);
}
