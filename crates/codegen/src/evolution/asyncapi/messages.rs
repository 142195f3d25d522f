//! Messages: payloads, headers, content types and correlation ids.

use super::channels::Channels;
use super::comparison::{ANY_HEADERS, Comparison, READERS, WRITERS, by_name};
use crate::evolution::change::Breaks;
use crate::frontend::asyncapi::outline::{MessageOutline, PayloadOutline};

impl Comparison<'_> {
    /// Compares the messages of both versions by their names.
    pub(super) fn messages(&mut self, channels: &Channels) {
        let (old, new) = (self.old, self.new);
        let in_old = by_name(&old.outline.messages, |message| &message.name);
        let in_new = by_name(&new.outline.messages, |message| &message.name);
        for message in &old.outline.messages {
            match in_new.get(message.name.as_str()) {
                Some(index) => self.message(message, &new.outline.messages[*index]),
                None => {
                    let what = format!("the message `{}` was removed", message.name);
                    let (breaks, why) = if channels.old_messages.contains(&message.name) {
                        (WRITERS, "the new version does not know it")
                    } else {
                        (Breaks::NONE, "no channel of the old version has it")
                    };
                    self.note((Some(&message.place), None), what, breaks, why);
                }
            }
        }
        for message in &new.outline.messages {
            if !in_old.contains_key(message.name.as_str()) {
                let what = format!("the message `{}` was added", message.name);
                let (breaks, why) = if channels.kept_messages.contains(&message.name) {
                    (READERS, "the old version does not know it, and may receive it on a channel")
                } else {
                    (Breaks::NONE, "no channel of the old version has it")
                };
                self.note((None, Some(&message.place)), what, breaks, why);
            }
        }
    }

    fn message(&mut self, old: &MessageOutline, new: &MessageOutline) {
        let name = &old.name;
        match (&old.payload, &new.payload) {
            (None, None) => {}
            (Some(PayloadOutline::Json(of_old)), Some(PayloadOutline::Json(of_new))) => {
                self.schemas(of_old, of_new);
            }
            (
                Some(PayloadOutline::Avro(of_old, old_schema)),
                Some(PayloadOutline::Avro(of_new, new_schema)),
            ) => self.avro_schemas((of_old, old_schema), (of_new, new_schema)),
            (Some(of_old), Some(of_new)) => {
                let what = format!("the payload of `{name}` is in another schema language");
                let why = "it is not compared whether a JSON schema and an Avro schema describe the \
                           same data";
                self.guess((Some(of_old.place()), Some(of_new.place())), what, why);
            }
            (of_old, of_new) => {
                let verb = if of_new.is_some() { "added" } else { "removed" };
                let what = format!("the payload of `{name}` was {verb}");
                let why = "it is not known what the version without a schema sends";
                let place = |payload: &Option<PayloadOutline>| {
                    payload.as_ref().map(|payload| payload.place().to_owned())
                };
                let (of_old, of_new) = (place(of_old), place(of_new));
                self.guess((of_old.as_deref(), of_new.as_deref()), what, why);
            }
        }
        self.headers(old, new);
        let places = (Some(old.place.as_str()), Some(new.place.as_str()));
        if old.content_type != new.content_type {
            let text = |of: &MessageOutline| match &of.content_type {
                Some(text) => format!("{text:?}"),
                None => "not declared".to_owned(),
            };
            let what =
                format!("the content type of `{name}` became {}, was {}", text(new), text(old));
            let why = "each version expects its own encoding";
            self.note(places, what, Breaks::BOTH, why);
        }
        let (breaks, why) = match (&old.correlation_id, &new.correlation_id) {
            (before, after) if before == after => return,
            (None, _) => (WRITERS, "their messages may lack it"),
            (_, None) => (READERS, "the messages of the new version may lack it"),
            _ => (Breaks::BOTH, "each version looks for it at its own place"),
        };
        let text = |of: &MessageOutline| of.correlation_id.clone().unwrap_or("not declared".into());
        let what = format!(
            "the location of the correlation id of `{name}` became {}, was {}",
            text(new),
            text(old)
        );
        self.note(places, what, breaks, why);
    }

    /// Compares headers. Without a schema they are any object.
    fn headers(&mut self, old: &MessageOutline, new: &MessageOutline) {
        let any = format!("{ANY_HEADERS}#");
        let verb = match (&old.headers, &new.headers) {
            (None, None) => return,
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some("added"),
            (Some(_), None) => Some("removed"),
        };
        if let Some(verb) = verb {
            let what = format!("the headers of `{}` were {verb}", old.name);
            let why = "their schema is compared with that of any headers";
            let places = (old.headers.as_deref(), new.headers.as_deref());
            self.note(places, what, Breaks::NONE, why);
        }
        let place = |headers: &Option<String>| headers.clone().unwrap_or_else(|| any.clone());
        self.schemas(&place(&old.headers), &place(&new.headers));
    }
}

impl PayloadOutline {
    fn place(&self) -> &str {
        match self {
            Self::Json(place) | Self::Avro(place, _) => place,
        }
    }
}
