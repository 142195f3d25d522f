//! Any event that can be assembled from legal values is written and read without loss.
#![cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]

mod common;

#[path = "round_trip/values.rs"]
mod values;

#[cfg(feature = "boost")]
#[path = "round_trip/boost.rs"]
mod boost;
#[cfg(all(feature = "pismo-core", feature = "specsavers"))]
#[path = "round_trip/carriers.rs"]
mod carriers;
#[cfg(all(feature = "specsavers", feature = "cloudevents"))]
#[path = "round_trip/cloud_events.rs"]
mod cloud_events;
#[cfg(feature = "pismo-core")]
#[path = "round_trip/pismo.rs"]
mod pismo;
#[cfg(feature = "specsavers")]
#[path = "round_trip/specsavers.rs"]
mod specsavers;

use migration_events::Event;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError};
use proptest::{prop_assert, prop_assert_eq};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// 256 cases unless `PROPTEST_CASES` says otherwise; what failed once is tried again, first.
fn config() -> Config {
    let regressions = FileFailurePersistence::WithSource("regressions");
    Config { failure_persistence: Some(Box::new(regressions)), ..Config::default() }
}

/// Writes and reads an event by every text there is.
fn there_and_back<T>(event: &T) -> Result<(), TestCaseError>
where
    T: Event + Serialize + DeserializeOwned + Debug + PartialEq,
{
    event.check().map_err(|rejection| TestCaseError::fail(rejection.to_string()))?;
    prop_assert!(event.violations().is_empty());
    let text = event.to_json();
    let back = T::from_json(text.as_bytes());
    prop_assert_eq!(back.as_ref(), Ok(event));
    // Equal text is more than equal events: timestamps are equal as instants, decimals as numbers.
    prop_assert_eq!(back.unwrap().to_json(), text.as_str());

    // The writer agrees with another parser on what the text says.
    let seen = common::json::try_parse(&text);
    prop_assert!(seen.is_ok(), "{seen:?}");
    let seen = seen.unwrap();
    let again = T::from_json(seen.to_text().as_bytes()).map(|event| event.to_json());
    prop_assert_eq!(again.map(|text| common::json::parse(&text)), Ok(seen));

    // serde chooses how it escapes strings; every other token stays as it is.
    let through_serde = serde_json::to_string(event).unwrap();
    let back: T = serde_json::from_str(&through_serde).unwrap();
    prop_assert_eq!(common::json::parse(&back.to_json()), common::json::parse(&text));
    let back: T = serde_json::from_str(&text).unwrap();
    prop_assert_eq!(back.to_json(), text);
    Ok(())
}
