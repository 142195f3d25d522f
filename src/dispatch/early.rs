//! Telling an event by its first members, without a look at the rest of it.
//!
//! Most messages say what they are before their payload begins. What is not told here is looked at as a
//! whole, by its [`Head`](super::Head).

use super::known::Known;
use crate::json::{Kind, Reader, Stop};

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) known: Known,
    /// It is in the envelope of Pismo.
    pub(super) is_enveloped: bool,
}

/// Tells what a message is; `None` if that takes a closer look: perhaps it is wrapped, unknown or broken.
pub(super) fn tell(message: &str) -> Option<Told> {
    read(message).ok().flatten()
}

#[allow(unused_mut, unused_variables, reason = "each family looks at members of its own")]
fn read(message: &str) -> Result<Option<Told>, Stop> {
    let bare = |known| Some(Told { known, is_enveloped: false });
    let mut reader = Reader::new(message);
    let (mut event_type, mut domain) = (None, None);
    let mut is_cloud_event = false;
    let (mut outcome, mut otherwise) = (0, None);
    reader.begin_object()?;
    let mut first = true;
    while let Some(key) = reader.next_key(&mut first)? {
        let kind = reader.peek()?;
        match (&*key, kind) {
            // Members of what message services put around events.
            ("Message" | "TopicArn" | "detail-type" | "detail", _) => return Ok(None),
            ("event_type", Kind::String) if event_type.is_none() => {
                event_type = Some(reader.string()?)
            }
            ("domain", Kind::String) if domain.is_none() => domain = Some(reader.string()?),
            ("event_type" | "domain", _) => return Ok(None),
            #[cfg(feature = "specsavers")]
            ("type", Kind::String) if event_type.is_none() => {
                if let Some(known) = Known::by_type(&reader.string()?) {
                    return Ok(bare(known));
                }
            }
            _ if event_type.is_some() || is_cloud_event => reader.skip_unchecked()?,
            ("specversion", _) => {
                is_cloud_event = true;
                reader.skip_unchecked()?;
            }
            #[cfg(feature = "boost")]
            ("event", Kind::Object) => {
                if let Some(known) = inside(&mut reader, Known::by_branch)? {
                    return Ok(bare(known));
                }
            }
            #[cfg(feature = "pismo")]
            ("entity", Kind::Object) => {
                let mut is_migrated = false;
                let told = inside(&mut reader, |name| {
                    is_migrated |= name == "migration";
                    Known::by_property(name)
                })?;
                if let Some(known) = told {
                    return Ok(bare(known));
                }
                otherwise = is_migrated.then_some(Known::CustomerIncoming);
            }
            #[cfg(feature = "pismo")]
            (name, _) if Known::OUTCOME.contains(&name) => {
                outcome += 1;
                if outcome == 2 {
                    return Ok(bare(Known::CustomerOutgoing));
                }
                reader.skip_unchecked()?;
            }
            _ => reader.skip_unchecked()?,
        }
        #[cfg(feature = "pismo")]
        if let (Some(event_type), Some(domain)) = (&event_type, &domain) {
            let known = Known::by_event_type(event_type, Some(domain));
            return Ok(known.map(|known| Told { known, is_enveloped: true }));
        }
    }
    // An envelope without `domain` is looked at as a whole.
    let is_bare = event_type.is_none() && !is_cloud_event;
    Ok(otherwise.filter(|_| is_bare).and_then(bare))
}

/// Reads the names in an object, up to the first that tells the event, or to its end.
#[cfg(any(feature = "boost", feature = "pismo"))]
fn inside(
    reader: &mut Reader<'_>,
    mut tell: impl FnMut(&str) -> Option<Known>,
) -> Result<Option<Known>, Stop> {
    reader.begin_object()?;
    let mut first = true;
    while let Some(name) = reader.next_key(&mut first)? {
        if let Some(known) = tell(&name) {
            return Ok(Some(known));
        }
        reader.skip_unchecked()?;
    }
    Ok(None)
}

#[cfg(all(test, feature = "pismo", feature = "boost", feature = "specsavers"))]
mod tests {
    use super::{Told, tell};
    use crate::dispatch::Head;
    use crate::envelope::unwrap;
    use crate::json::{Decode, Encode, Reader};
    use crate::json::{Map, RawJson, at_pointer};

    fn whole(message: &str) -> Option<Told> {
        Head::of(&unwrap(message.as_bytes()).unwrap()).told()
    }

    /// The same object with its members the other way round.
    fn reversed(message: &str) -> String {
        let members = Map::<RawJson>::decode(&mut Reader::new(message)).unwrap();
        let mut reversed = Map::<RawJson>::new();
        for (key, value) in members.iter().rev() {
            reversed.insert(key, value.clone());
        }
        let mut out = String::new();
        reversed.encode(&mut out);
        out
    }

    #[test]
    fn the_first_members_tell_the_same_as_all_of_them() {
        let dump = include_str!("../../schemas/boost/samples/kafka_dump.json");
        let samples = [
            include_str!("../../schemas/pismo/samples/accrual_incoming-1.json"),
            include_str!("../../schemas/pismo/samples/customer_incoming-1.json"),
            include_str!("../../schemas/pismo/samples/customer_outgoing-1.json"),
            include_str!("../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json"),
            include_str!("../../schemas/specsavers/samples/customer_created.json"),
            at_pointer(dump, "/0/messages/0").unwrap(),
        ];
        for sample in samples {
            let told = tell(sample);
            assert!(told.is_some(), "{sample}");
            assert_eq!(told, whole(sample));
            assert_eq!(tell(&reversed(sample)), told);
            for name in ["customer_incoming", "customer-outgoing-1", "accrual_incoming-7"] {
                let envelope =
                    format!(r#"{{"domain":"migration","event_type":"{name}","data":{sample}}}"#);
                let told = tell(&envelope);
                assert!(told.is_some_and(|told| told.is_enveloped), "{envelope}");
                assert_eq!(told, whole(&envelope));
                assert_eq!(tell(&reversed(&envelope)), told);
            }
        }
    }

    #[test]
    fn what_is_told_by_nothing_is_looked_at_as_a_whole() {
        for message in [
            "",
            "[]",
            "{}",
            r#"{"event_type": "customer_incoming", "data": {"entity": {"migration": {}}}}"#,
            r#"{"event_type": "other", "domain": "migration", "status": "", "code": ""}"#,
            r#"{"event_type": 1, "status": "", "code": ""}"#,
            r#"{"specversion": "1.0", "type": "other", "status": "", "code": ""}"#,
            r#"{"detail-type": "", "source": "", "detail": {"status": "", "code": ""}}"#,
            r#"{"entity": {"migration": {}"#,
        ] {
            assert_eq!(tell(message), None, "{message}");
        }
    }
}
