//! Where a correlation id is found (trap 19): at the root, under `detail`, in an event of EventBridge.

use migration_events::{Event as _, envelope, specsavers};

use crate::json::{Json, quoted, try_parse};
use crate::peers::Peer;
use crate::rows;

const CONTRACT: &str = "customer_created";
const ID: &str = "t-4711";

/// One line: what it is, and a cell for each peer.
pub(crate) fn line(peers: &[Peer]) -> (&'static str, Vec<String>) {
    let what = "19 the correlation id: at the root, under `detail`, in an event of EventBridge";
    let has_function = |peer: &Peer| peer.name == "this crate";
    let cell = |peer: &Peer| if has_function(peer) { found() } else { kept(peer) };
    (what, peers.iter().map(cell).collect())
}

/// The same event three times.
fn messages() -> [String; 3] {
    let plain = rows::plain(CONTRACT);
    let at_the_root = plain.with("/correlationid", &quoted(ID));
    let without = crate::json::parse(&plain.without("/correlationid"));
    let member = format!(r#""detail":{{"correlationid":{}}}"#, quoted(ID));
    let in_the_detail = without.plus("", &member);
    let wrapped =
        format!(r#"{{"detail-type":"customer","source":"integration","detail":{at_the_root}}}"#);
    [at_the_root, in_the_detail, wrapped]
}

/// By the function of this crate.
fn found() -> String {
    let finds = |message: &String| {
        let unwrapped = envelope::unwrap(message.as_bytes()).ok()?;
        let event = specsavers::CustomerCreated::from_json(unwrapped.message().as_bytes()).ok()?;
        event.correlation_id().map(|id| id == ID)
    };
    let count = messages().iter().filter(|message| finds(message) == Some(true)).count();
    if count == 3 { "**found**".into() } else { format!("{count} of 3 found") }
}

/// Without a function a service has to look into what was read, if the id is in there.
fn kept(peer: &Peer) -> String {
    let Ok(rewrite) = (peer.codec)(CONTRACT) else { return "does not compile".into() };
    let is_kept = |message: &String| {
        let read = try_parse(&rewrite(message).ok()?).ok()?;
        let id = Json::String(ID.into());
        Some(read.places().iter().any(|(_, value)| **value == id))
    };
    let verdicts = messages().map(|message| match is_kept(&message) {
        Some(true) => "there",
        Some(false) => "lost",
        None => "rejected",
    });
    format!("no function; {}", verdicts.join(", "))
}
