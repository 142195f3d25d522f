//! The traps of the Avro contract.

use crate::avro::{PEERS, Peer};
use crate::json::{parse, try_parse};
use crate::rows;

/// Cell of a peer that lacks the function.
const NO_FUNCTION: &str = "no function";

/// A line: what it is, and a cell for each peer.
pub(crate) struct Line {
    pub(crate) what: &'static str,
    pub(crate) cells: Vec<String>,
}

/// Computes the cell of a peer in a line.
type Cell = Box<dyn Fn(&Peer) -> String>;

/// All lines, in the order of the traps.
pub(crate) fn all() -> Vec<Line> {
    let data = data();
    let longer: Vec<_> = data.iter().map(|datum| [datum, &[0][..]].concat()).collect();
    let shorter: Vec<_> =
        data.iter().flat_map(|datum| (0..datum.len()).map(|len| datum[..len].to_vec())).collect();
    let out_of_range = [vec![14], vec![1], vec![0xff; 11]];
    let older = older();
    let sample = rows::sample("account_migration_event").to_text();
    let short = sample.replace("uk.co.boostpower.support.kafka.messages.", "");
    let far = datum(1, "14f49508-1328-4083-8613-queued", &[], &[123_123_123, 1_525_478_400_000]);
    let lines: Vec<(&'static str, Cell)> = vec![
        ("12 seven records of similar shapes, byte by byte", {
            Box::new(move |peer| counted(&data, |it| kept(it, (peer.datum)(it)), "kept"))
        }),
        ("12 bytes after a datum", {
            Box::new(move |peer| counted(&longer, |it| datum_rejected(peer, it), "rejected"))
        }),
        ("12 a datum that is cut off, at any byte", {
            Box::new(move |peer| counted(&shorter, |it| datum_rejected(peer, it), "rejected"))
        }),
        ("12 a branch that does not exist, a length that does not end", {
            Box::new(move |peer| counted(&out_of_range, |it| datum_rejected(peer, it), "rejected"))
        }),
        ("13 a date of the year 339,069, an id that is not a UUID", {
            Box::new(move |peer| counted(&[&far], |it| kept(it, (peer.datum)(it)), "kept"))
        }),
        ("14 the JSON encoding of a topic dump", {
            Box::new(move |peer| counted(&[&sample], |it| kept_json(it, (peer.json)(it)), "kept"))
        }),
        ("14 a union wrapped by a short name", {
            Box::new(move |peer| counted(&[&short], |it| text_rejected(peer, it), "rejected"))
        }),
        ("15 the framing of a schema registry", Box::new(framed)),
        ("the single-object encoding (`C3 01`, fingerprint)", Box::new(single_object)),
        ("16 lives of a flow: three documented ones, four impossible steps", Box::new(followed)),
        ("17 an older record of the same name, as a datum", {
            Box::new(move |peer| counted(&[&older], |it| datum_rejected(peer, it), "rejected"))
        }),
        ("17 the fingerprint of the contract (CRC-64-AVRO)", Box::new(fingerprinted)),
    ];
    lines
        .into_iter()
        .map(|(what, cell)| Line { what, cells: PEERS.iter().map(cell).collect() })
        .collect()
}

/// A datum of each branch.
fn data() -> Vec<Vec<u8>> {
    let at = 1_525_478_400_000;
    (0..7)
        .map(|branch| match branch {
            0 | 6 => datum(branch, "e-1", &["2222222"], &[17_656, at]),
            4 => datum(branch, "e-1", &["2222222"], &[17_600, 17_656, at]),
            _ => datum(branch, "e-1", &[], &[17_656, at]),
        })
        .collect()
}

/// The scheduled event as older topics have it: a meter's serial number, no enrollment, no instant.
fn older() -> Vec<u8> {
    let mut out = Vec::new();
    long(4, &mut out);
    ["e-1", "t-1"].iter().for_each(|text| string(text, &mut out));
    long(1_525_478_400_000, &mut out);
    ["2222222", "1", "S-1"].iter().for_each(|text| string(text, &mut out));
    [17_600, 17_656].iter().for_each(|&number| long(number, &mut out));
    out
}

/// Avro 1.12, "Binary encoding", written here once more, so that no codec is its own judge.
fn datum(branch: i64, event_id: &str, texts: &[&str], numbers: &[i64]) -> Vec<u8> {
    let mut out = Vec::new();
    long(branch, &mut out);
    [event_id, "t-1"].iter().for_each(|text| string(text, &mut out));
    long(1_525_478_400_000, &mut out);
    ["123", "2222222"].iter().chain(texts).for_each(|text| string(text, &mut out));
    numbers.iter().for_each(|&number| long(number, &mut out));
    out
}

fn long(value: i64, out: &mut Vec<u8>) {
    let mut rest = (value << 1 ^ value >> 63).cast_unsigned();
    while rest >= 0x80 {
        out.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    out.push(rest.to_le_bytes()[0]);
}

fn string(text: &str, out: &mut Vec<u8>) {
    long(text.len() as i64, out);
    out.extend_from_slice(text.as_bytes());
}

fn kept(sent: &[u8], written: Result<Vec<u8>, String>) -> &'static str {
    match written {
        Ok(written) if written == sent => "kept",
        Ok(written) if written.is_empty() => "read, cannot be written",
        Ok(_) => "written as something else",
        Err(_) => "rejected",
    }
}

fn kept_json(sent: &str, written: Result<String, String>) -> &'static str {
    match written.map(|written| try_parse(&written).is_ok_and(|it| it == parse(sent))) {
        Ok(true) => "kept",
        Ok(false) => "written as something else",
        Err(_) => "rejected",
    }
}

fn rejected<T>(written: Result<T, String>) -> &'static str {
    if written.is_ok() { "accepted" } else { "rejected" }
}

/// A codec that rejects every datum has not distinguished good ones from bad ones.
fn datum_rejected(peer: &Peer, datum: &[u8]) -> &'static str {
    let works = data().iter().any(|datum| (peer.datum)(datum).is_ok());
    if works { rejected((peer.datum)(datum)) } else { "rejects every datum" }
}

fn text_rejected(peer: &Peer, text: &str) -> &'static str {
    let works = (peer.json)(&rows::sample("account_migration_event").to_text()).is_ok();
    let accepts = (peer.json)(text).is_ok();
    if works || accepts { rejected((peer.json)(text)) } else { "rejects every message" }
}

fn framed(peer: &Peer) -> String {
    let Some(registry) = peer.registry else { return NO_FUNCTION.into() };
    let datum = datum(1, "e-1", &[], &[17_656, 1_525_478_400_000]);
    let message = [&[0, 0, 0, 0, 7][..], &datum].concat();
    counted(&[&message], |it| kept(it, registry(it)), "kept")
}

/// With the header that the codec makes of the contract, else with one that the service makes.
fn single_object(peer: &Peer) -> String {
    let Some(rewrite) = peer.single_object else { return NO_FUNCTION.into() };
    let header = [&[0xc3, 0x01][..], &FINGERPRINT].concat();
    let datum = datum(1, "e-1", &[], &[17_656, 1_525_478_400_000]);
    let message = [header.clone(), datum].concat();
    let verdict = match kept(&message, rewrite(&message, None)) {
        "rejected" if kept(&message, rewrite(&message, Some(&header))) == "kept" => {
            "rejected; kept with a header made by hand"
        }
        verdict => verdict,
    };
    counted(&[()], |()| verdict, "kept")
}

/// Branches of the union, in their order.
const CANCELLED: usize = 0;
const COMPLETED: usize = 1;
const ROLLBACK: usize = 2;
const ROLLED_BACK: usize = 3;
const SCHEDULED: usize = 4;
const VALIDATED: usize = 5;
const RETRIEVED: usize = 6;

/// Steps in the order of the contract's `doc`, delivered again in between.
const DOCUMENTED: [&[usize]; 3] = [
    &[SCHEDULED, RETRIEVED, SCHEDULED, VALIDATED, COMPLETED, COMPLETED],
    &[SCHEDULED, SCHEDULED, CANCELLED],
    &[SCHEDULED, RETRIEVED, VALIDATED, COMPLETED, ROLLBACK, ROLLED_BACK, VALIDATED],
];

/// The last step may not follow.
const IMPOSSIBLE: [&[usize]; 4] = [
    &[COMPLETED],
    &[SCHEDULED, RETRIEVED, COMPLETED],
    &[SCHEDULED, CANCELLED, VALIDATED],
    &[SCHEDULED, RETRIEVED, VALIDATED, ROLLBACK],
];

fn followed(peer: &Peer) -> String {
    let Some(follows) = peer.follows else { return NO_FUNCTION.into() };
    let data = data();
    let told = |steps: &&[usize], may_end: bool| {
        let life: Vec<_> = steps.iter().map(|&branch| data[branch].clone()).collect();
        let Ok(follows) = follows(&life) else { return false };
        let (last, before) = follows.split_last().expect("a step");
        before.iter().all(|&it| it) && *last == may_end
    };
    let lives = DOCUMENTED.iter().map(|steps| told(steps, true));
    let lives: Vec<_> = lives.chain(IMPOSSIBLE.iter().map(|steps| told(steps, false))).collect();
    counted(&lives, |told| if *told { "told apart" } else { "mistaken" }, "told apart")
}

/// CRC-64-AVRO of the contract's canonical form by fastavro 1.13.1, little-endian as in a header.
const FINGERPRINT: [u8; 8] = [162, 236, 79, 155, 255, 183, 139, 130];

fn fingerprinted(peer: &Peer) -> String {
    let Some(fingerprint) = peer.fingerprint else { return NO_FUNCTION.into() };
    let verdict = if fingerprint() == FINGERPRINT { "right" } else { "another" };
    counted(&[()], |()| verdict, "right")
}

/// Counts what became of several inputs; bold if all came out as they should.
fn counted<T>(inputs: &[T], judge: impl Fn(&T) -> &'static str, good: &str) -> String {
    let mut counts = std::collections::BTreeMap::new();
    for input in inputs {
        *counts.entry(judge(input)).or_insert(0) += 1;
    }
    match counts.iter().collect::<Vec<_>>().as_slice() {
        [(verdict, _)] if **verdict == good => format!("**{verdict}**"),
        [(verdict, _)] => (**verdict).to_owned(),
        several => {
            let each = several.iter().map(|(verdict, count)| format!("{count} {verdict}"));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}
