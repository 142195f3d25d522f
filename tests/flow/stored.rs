//! The stored form.

use super::{AT, all_flows, event_of, flow};
use migration_events::boost::{Flow, State, Step, Tracker};
use serde::de::DeserializeOwned;

const STORED: &str = r#"{"enrollment_id":"f-1","account_id":"2222222","state":"balance_retrieved","steps":[{"step":"scheduled","event_id":"e-scheduled","at":1525478400000},{"step":"balance_retrieved","event_id":"e-balance retrieved","at":1525478400000}]}"#;

fn error<T: DeserializeOwned>(text: &str) -> String {
    serde_json::from_str::<T>(text).err().expect("it contradicts itself").to_string()
}

#[test]
fn stored_flows_have_the_documented_form() {
    let flow = flow(&[Step::Scheduled, Step::BalanceRetrieved]);
    assert_eq!(serde_json::to_string(&flow).unwrap(), STORED);
    assert_eq!(serde_json::from_str::<Flow>(STORED).unwrap(), flow);
}

#[test]
fn every_flow_comes_back_from_text_and_binary() {
    for (_, flow) in all_flows() {
        let text = serde_json::to_vec(&flow).unwrap();
        assert_eq!(serde_json::from_slice::<Flow>(&text).unwrap(), flow);
        let value = serde_json::to_value(&flow).unwrap();
        assert_eq!(serde_json::from_value::<Flow>(value).unwrap(), flow);
        for packed in [rmp_serde::to_vec(&flow).unwrap(), rmp_serde::to_vec_named(&flow).unwrap()] {
            assert_eq!(rmp_serde::from_slice::<Flow>(&packed).unwrap(), flow);
        }
        let mut cbor = Vec::new();
        ciborium::into_writer(&flow, &mut cbor).unwrap();
        assert_eq!(ciborium::from_reader::<Flow, _>(&*cbor).unwrap(), flow);
    }
}

#[test]
fn steps_and_states_are_stored_as_their_words() {
    for (step, state) in Step::VALUES.into_iter().zip(State::VALUES) {
        let step_text = serde_json::to_string(&step).unwrap();
        assert_eq!(step_text, serde_json::to_string(&state).unwrap());
        let words = step_text.trim_matches('"').replace('_', " ");
        assert_eq!(words.replace("roll back", "rollback"), step.as_str());
        assert_eq!(serde_json::from_str::<Step>(&step_text).unwrap(), step);
        assert_eq!(serde_json::from_str::<State>(&step_text).unwrap(), state);
    }
}

#[test]
fn a_flow_that_contradicts_itself_is_an_error() {
    let retrieved =
        r#"{"step":"balance_retrieved","event_id":"e-balance retrieved","at":1525478400000}"#;
    let scheduled = r#"{"step":"scheduled","event_id":"e-scheduled","at":1525478400000}"#;
    for (from, to, message) in [
        (r#""state":"balance_retrieved""#, r#""state":"validated""#, "state of a flow"),
        (r#""state":"balance_retrieved""#, r#""state":"scheduled""#, "state of a flow"),
        (retrieved, scheduled, "no legal order"),
        (&format!("{scheduled},"), "", "no legal order"),
        (retrieved, &format!("{retrieved},{retrieved}"), "no legal order"),
        (&format!(",{retrieved}"), "", "state of a flow"),
        (&format!("{scheduled},{retrieved}"), "", "state of a flow"),
    ] {
        assert!(STORED.contains(from));
        let message_found = error::<Flow>(&STORED.replace(from, to));
        assert!(message_found.contains(message), "{message_found}");
    }
}

#[test]
fn broken_stored_flows_are_errors_without_ids() {
    for (from, to) in [
        (r#""f-1""#, "987654"),
        (r#""2222222""#, "987654"),
        (r#""2222222""#, "-987654"),
        (r#""2222222""#, "987654.5"),
        (r#""e-scheduled""#, "987654"),
        (r#""2222222""#, r#"["987654"]"#),
        (r#""2222222""#, r#"{"987654":1}"#),
        (r#""2222222""#, "null"),
        (r#""state":"balance_retrieved","#, ""),
    ] {
        assert!(STORED.contains(from));
        let broken = STORED.replacen(from, to, 1);
        let message = error::<Flow>(&broken);
        assert!(!message.contains("987654") && !message.contains("2222222"), "{message}");
        // From a value instead of text, other methods of the visitor are called.
        let value: serde_json::Value = serde_json::from_str(&broken).unwrap();
        let message = serde_json::from_value::<Flow>(value).unwrap_err().to_string();
        assert!(!message.contains("987654") && !message.contains("2222222"), "{message}");
    }
}

#[test]
fn a_tracker_comes_back_with_its_superseded_flows() {
    let mut tracker = Tracker::new();
    for (flow, account) in [("f-1", "a"), ("f-2", "b"), ("f-0", "a")] {
        tracker.apply(&event_of(Step::Scheduled, flow, account, "e", AT)).unwrap();
    }
    let text = serde_json::to_string(&tracker).unwrap();
    let flow = |id: &str| serde_json::to_string(tracker.flow(id).unwrap()).unwrap();
    assert_eq!(
        text,
        format!(
            r#"{{"current":[{},{}],"superseded":[{}]}}"#,
            flow("f-0"),
            flow("f-2"),
            flow("f-1")
        )
    );
    assert_eq!(serde_json::from_str::<Tracker>(&text).unwrap(), tracker);

    let current_twice =
        format!(r#"{{"current":[{},{}],"superseded":[]}}"#, flow("f-0"), flow("f-1"));
    assert!(error::<Tracker>(&current_twice).starts_with("two current flows of one account"));
    let twice = format!(r#"{{"current":[{}],"superseded":[{}]}}"#, flow("f-0"), flow("f-0"));
    assert!(error::<Tracker>(&twice).starts_with("two flows with one id"));
}
