//! Random sequences of events, with re-deliveries, against the documented paths.

use super::{AT, documented, event_of, state};
use migration_events::boost::{Flow, FlowError, Progress, Step};
use proptest::prelude::*;

/// The next action of a producer or the broker.
#[derive(Debug, Clone)]
enum Delivery {
    /// A step that the documentation has here, or any step at the end.
    Documented(prop::sample::Index),
    /// An event that was taken before, or a first one.
    Again(prop::sample::Index),
    /// Any step, in an event with one of a few ids.
    Any(Step, u8),
}

fn delivery() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        3 => any::<prop::sample::Index>().prop_map(Delivery::Documented),
        1 => any::<prop::sample::Index>().prop_map(Delivery::Again),
        2 => (prop::sample::select(Step::VALUES.to_vec()), 0..3_u8)
            .prop_map(|(step, id)| Delivery::Any(step, id)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..<_>::default() })]

    #[test]
    fn any_sequence_of_events_follows_the_documented_paths(
        deliveries in prop::collection::vec(delivery(), 0..24),
    ) {
        let mut flow: Option<Flow> = None;
        // Step and id of each event that was taken.
        let mut taken: Vec<(Step, u8)> = Vec::new();

        for delivery in deliveries {
            let passed: Vec<Step> = taken.iter().map(|(step, _)| *step).collect();
            let legal = documented(&passed);
            // After the last step any other one, which is out of order then: no delivery is skipped.
            let next = if legal.is_empty() { Step::VALUES.to_vec() } else { legal.clone() };
            let (step, id) = match delivery {
                Delivery::Again(index) if !taken.is_empty() => *index.get(&taken),
                Delivery::Documented(index) | Delivery::Again(index) => (*index.get(&next), 0),
                Delivery::Any(step, id) => (step, id),
            };
            let event = event_of(step, "f", "a", &format!("e-{id}"), AT);

            let before = flow.clone();
            let result = match &mut flow {
                Some(flow) => flow.apply(&event),
                None => Flow::begin(&event).map_err(FlowError::from).map(|begun| {
                    Progress::Advanced(flow.insert(begun).state())
                }),
            };

            if taken.contains(&(step, id)) {
                prop_assert_eq!(result, Ok(Progress::Redelivered));
                prop_assert_eq!(&flow, &before);
            } else if legal.contains(&step) {
                prop_assert_eq!(result, Ok(Progress::Advanced(state(step))));
                taken.push((step, id));
            } else {
                let Err(FlowError::OutOfOrder(error)) = result else {
                    return Err(TestCaseError::fail(format!("{result:?}")));
                };
                prop_assert!(error.expected().eq(legal.iter().copied()));
                prop_assert_eq!(error.is_repeated(), passed.contains(&step));
                let expected: Vec<&str> = legal.iter().map(|step| step.as_str()).collect();
                let end = match expected.as_slice() {
                    [] => "; expected scheduled with a new flow id".to_owned(),
                    steps => format!("; expected {}", steps.join(" or ")),
                };
                prop_assert!(error.to_string().ends_with(&end), "{}", error);
                prop_assert_eq!(&flow, &before);
            }

            if let Some(flow) = &mut flow {
                prop_assert_eq!(Some(flow.state()), taken.last().map(|(step, _)| state(*step)));
                let text = serde_json::to_string(flow).unwrap();
                *flow = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(serde_json::to_string(flow).unwrap(), text);
            }
        }
    }
}
