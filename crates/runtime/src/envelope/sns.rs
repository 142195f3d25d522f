//! Amazon SNS.

use super::{DATE_TIME, Payload, PayloadRules, STRING, carrier};
use crate::__private::fill;
use crate::json::{Decode, Encode, Map, ObjectWriter, RawJson, Reader, Stop};
use crate::validate::schema::{Assertion, Schema, Types};
use crate::{Contract, Event, Rejection, Timestamp};

/// A notification as Amazon SNS delivers it, with an event as text in the string `Message`.
///
/// The members are those of the [notification format]; a member that is not named here, such as the
/// signature, is kept in `extra`. With raw message delivery there is no notification, only the message.
///
/// A notification of text, which is the default, keeps each character of it: the signature covers that
/// text, so verify the signature on it, and then go on with [`decode`](Sns::decode). A `Sns<T>` reads
/// the message in the same pass, and writes it without the white space that stood between its tokens.
///
/// Violations within the message have pointers that go on from `/Message` into its text, and no
/// [`value_in`](crate::Violation::value_in): in the notification the value stands in an escaped form.
///
/// ```
/// use migration_events::{Event, envelope::Sns, json::RawJson};
///
/// let notification: Sns = Sns::from_json(br#"{"Type": "Notification", "MessageId": "22b80b92",
///     "TopicArn": "arn:aws:sns:eu-west-1:111122223333:events", "Message": "{\"amount\": 14.70}"}"#)?;
/// assert_eq!(notification.message, r#"{"amount": 14.70}"#);
///
/// use migration_events::specsavers::CustomerCreated;
///
/// let rejection = notification.decode::<CustomerCreated>().unwrap_err();
/// assert_eq!(rejection.violations()[0].instance_pointer(), "/Message");
/// assert_eq!(rejection.violations()[0].kind().name(), "required");
/// # Ok::<(), migration_events::Rejection>(())
/// ```
///
/// [notification format]: https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sns<T = String> {
    /// Identifies the notification; the same for each of its deliveries (`MessageId`).
    pub message_id: String,
    /// The topic that it was published to (`TopicArn`).
    pub topic_arn: String,
    /// The subject that its publisher gave it, if any; some deliveries say `null` (`Subject`).
    pub subject: Option<Option<String>>,
    /// The event that is carried (`Message`).
    pub message: T,
    /// When it was published (`Timestamp`).
    pub timestamp: Option<Timestamp>,
    /// Further members, in the order in which they came: signature, attributes.
    pub extra: Map<RawJson>,
}

/// A type that can be the message of a notification: a [`Payload`], as its JSON text, and a [`String`], as it
/// is.
pub trait Embedded: Sized {
    /// The assertions about the string that holds it.
    const STRING_RULES: PayloadRules;

    /// Makes it from the characters of the string; `within` is the reader that the string came from.
    ///
    /// # Errors
    /// [`Stop::Mismatch`] when the text is not of this type.
    fn from_text(text: &str, within: &Reader<'_>) -> Result<Self, Stop>;

    /// Appends the characters of the string.
    fn push_text(&self, out: &mut String);
}

impl Embedded for String {
    const STRING_RULES: PayloadRules =
        PayloadRules { contract: None, schema: STRING, published: STRING };

    fn from_text(text: &str, _: &Reader<'_>) -> Result<Self, Stop> {
        Ok(text.into())
    }

    fn push_text(&self, out: &mut String) {
        out.push_str(self);
    }
}

macro_rules! content {
    ($schema:expr) => {
        &Schema {
            has_keywords: false,
            pointer: "",
            assertions: &[
                Assertion::Types(Types(Types::STRING)),
                Assertion::ContentSchema($schema),
            ],
        }
    };
}

impl<T: Payload> Embedded for T {
    const STRING_RULES: PayloadRules = PayloadRules {
        contract: T::RULES.contract,
        schema: content!(T::RULES.schema),
        published: content!(T::RULES.published),
    };

    fn from_text(text: &str, within: &Reader<'_>) -> Result<Self, Stop> {
        let mut reader = within.embedded(text);
        let value = T::decode(&mut reader).and_then(|value| reader.end().map(|()| value));
        // Of the notification no more is known than that the string is the wrong one.
        value.map_err(|_| Stop::Mismatch)
    }

    fn push_text(&self, out: &mut String) {
        self.encode(out);
    }
}

static CONTRACT: Contract = Contract::__new("aws", "SNS notification", None, "", None);

const NOTIFICATION: &Schema = &Schema {
    has_keywords: false,
    pointer: "",
    assertions: &[Assertion::Types(Types(Types::STRING)), Assertion::Const("\"Notification\"")],
};

const SUBJECT: &Schema = &Schema {
    has_keywords: false,
    pointer: "",
    assertions: &[Assertion::Types(Types(Types::STRING | Types::NULL))],
};

macro_rules! table {
    ($message:expr) => {
        &Schema {
            has_keywords: false,
            pointer: "",
            assertions: &[
                Assertion::Types(Types(Types::OBJECT)),
                Assertion::Required(&["Type", "MessageId", "TopicArn", "Message"]),
                Assertion::Properties(&[
                    ("Type", NOTIFICATION),
                    ("MessageId", STRING),
                    ("TopicArn", STRING),
                    ("Subject", SUBJECT),
                    ("Message", $message),
                    ("Timestamp", DATE_TIME),
                ]),
            ],
        }
    };
}

carrier!(Sns<Embedded>, STRING_RULES, CONTRACT, table);

impl Sns {
    /// Reads the event in the message.
    ///
    /// # Errors
    /// The message is not a `T`; the rejection's pointers begin with `/Message`.
    pub fn decode<T: Event>(&self) -> Result<Sns<T>, Rejection> {
        match T::from_text(&self.message, &Reader::new("")) {
            Ok(message) => Ok(Sns {
                message_id: self.message_id.clone(),
                topic_arn: self.topic_arn.clone(),
                subject: self.subject.clone(),
                message,
                timestamp: self.timestamp.clone(),
                extra: self.extra.clone(),
            }),
            Err(_) => Sns::from_json(self.to_json().as_bytes()),
        }
    }
}

impl<T: Embedded> Decode for Sns<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        let (mut notification, mut message_id, mut topic_arn) = (None, None, None);
        let (mut subject, mut message, mut timestamp) = (None, None, None);
        let mut extra = Map::new();
        reader.begin_object()?;
        let mut first = true;
        while let Some(key) = reader.next_key(&mut first)? {
            match &*key {
                "Type" => fill::<Notification>(&mut notification, reader)?,
                "MessageId" => fill(&mut message_id, reader)?,
                "TopicArn" => fill(&mut topic_arn, reader)?,
                "Subject" => fill(&mut subject, reader)?,
                "Message" if message.is_some() => return Err(Stop::Duplicate),
                "Message" => {
                    let text = reader.string()?;
                    message = Some(T::from_text(&text, reader)?);
                }
                "Timestamp" => fill(&mut timestamp, reader)?,
                _ => extra.take(key, reader)?,
            }
        }
        notification.ok_or(Stop::Mismatch)?;
        Ok(Self {
            message_id: message_id.ok_or(Stop::Mismatch)?,
            topic_arn: topic_arn.ok_or(Stop::Mismatch)?,
            subject,
            message: message.ok_or(Stop::Mismatch)?,
            timestamp,
            extra,
        })
    }
}

impl<T: Embedded> Encode for Sns<T> {
    fn encode(&self, out: &mut String) {
        let mut object = ObjectWriter::new(out);
        object.member("\"Type\":", "Notification");
        object.member("\"MessageId\":", &self.message_id);
        object.member("\"TopicArn\":", &self.topic_arn);
        if let Some(subject) = &self.subject {
            object.member("\"Subject\":", subject);
        }
        let mut text = String::new();
        self.message.push_text(&mut text);
        object.member("\"Message\":", &text);
        if let Some(timestamp) = &self.timestamp {
            object.member("\"Timestamp\":", timestamp);
        }
        for (key, value) in &self.extra {
            object.entry(key, value);
        }
        object.end();
    }
}

/// The `Type` that distinguishes a notification from a confirmation of a subscription.
struct Notification;

impl Decode for Notification {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.string_as(|text| (text == "Notification").then_some(Self))
    }
}
