//! The main job on real input: the example `answer_events` reads the published samples and the
//! files beside it, and every event is accepted, rejected or answered as it should be.
//!
//! The whole output is compared with `examples/answer_events/expected`. `BLESS=1 cargo test --test
//! main_job` rewrites the expected output; review the difference before committing it.
#![cfg(all(feature = "pismo-core", feature = "boost", feature = "specsavers"))]

#[path = "../examples/answer_events/main.rs"]
#[allow(dead_code, reason = "`main` itself is not called")]
mod answer_events;

use indicatif::ProgressBar;
use migration_events::Event;
use migration_events::pismo::{CustomerOutgoing, Status};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

const SAMPLES: [&str; 6] = [
    "schemas/boost/samples/kafka_dump.json",
    "schemas/pismo/samples/accrual_incoming-1.json",
    "schemas/pismo/samples/customer_incoming-1.json",
    "schemas/pismo/samples/customer_outgoing-1.json",
    "schemas/pismo/samples/recurring_charge_plan_incoming-1.json",
    "schemas/specsavers/samples/customer_created.json",
];
const RECOVERY: &str = "examples/answer_events/events/recovery.json";
const LINES: &str = "examples/answer_events/events/lines.jsonl";
const DUMP: &str = "examples/answer_events/events/dump.json";
const BROKEN: &str = "examples/answer_events/events/broken.json";

/// Between the cuts of [`a_broken_event_swallows_no_other`]; a prime, so that they fall on all
/// kinds of places.
const STEP: usize = 13;

/// Exit code, standard output, standard error.
fn execute(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let arguments = arguments.iter().map(PathBuf::from);
    let code = answer_events::execute(arguments, &mut out, &mut errors, &ProgressBar::hidden());
    (code, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

fn output(files: &[&str]) -> String {
    let (code, out, errors) = execute(files);
    assert_eq!((code, &*errors), (0, ""));
    out
}

fn compare(name: &str, files: &[&str]) -> String {
    let out = output(files);
    let path = format!("examples/answer_events/expected/{name}.txt");
    if std::env::var_os("BLESS").is_some_and(|bless| bless == "1") {
        fs::write(&path, &out).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(out == expected, "output differs from {path}; BLESS=1 rewrites it\n{out}");
    out
}

/// Returns whether each migration id was answered with success, in order of the answers.
fn answers(out: &str) -> BTreeMap<String, Vec<bool>> {
    let mut answers = BTreeMap::<_, Vec<_>>::new();
    for answer in out.lines().filter_map(|line| line.strip_prefix("  -> ")) {
        let outcome = CustomerOutgoing::from_json(answer.as_bytes()).unwrap();
        let success = outcome.status == Status::Success;
        assert_eq!(outcome.entity.is_some(), success, "{answer}");
        answers.entry(outcome.migration.id).or_default().push(success);
    }
    answers
}

fn expect(answers: &BTreeMap<String, Vec<bool>>, expected: &[(&str, &[bool])]) {
    let expected = expected.iter().map(|(id, all)| ((*id).to_owned(), all.to_vec()));
    assert_eq!(*answers, expected.collect());
}

#[test]
fn published_samples() {
    let out = compare("samples", &SAMPLES);
    assert!(out.contains("\n6 events: 6 accepted, 0 rejected, 0 unknown\n"));
    expect(&answers(&out), &[("31a2d", &[true])]);
}

#[test]
fn recovery_file_without_separators() {
    let out = compare("recovery", &[RECOVERY]);
    assert!(out.contains("\n11 events: 11 accepted, 0 rejected, 0 unknown\n"));
    let once: &[bool] = &[true];
    expect(
        &answers(&out),
        &[("31a2d", once), ("recovery-2", once), ("recovery-3", once), ("recovery-6", once)],
    );
}

#[test]
fn one_event_per_line() {
    let out = compare("lines", &[LINES]);
    assert!(out.contains("\n25 events: 20 accepted, 2 rejected, 3 unknown\n"));
    // The first came with and without envelope and was answered once, was then updated, and came late.
    let line_1: &[bool] = &[true, true, false];
    expect(
        &answers(&out),
        &[("line-1", line_1), ("line-2", &[true]), ("line-7", &[true]), ("line-8", &[false])],
    );
    let operations: Vec<_> =
        out.lines().filter(|line| line.contains("-> ") && line.contains("\"line-1\"")).collect();
    assert!(operations[0].contains(r#""operation":"CREATION""#));
    assert!(operations[1].contains(r#""operation":"UPDATE""#));
    assert!(operations[1].contains(r#""version_date":"2023-10-04T00:00:00.000001Z""#));
    assert!(operations[2].contains(r#""code":"EXAMPLE-STALE""#));
    // One as it was, one in a notification of SNS, one without its envelope.
    assert_eq!(out.matches("delivered again, skipped\n").count(), 3);
}

#[test]
fn dump_of_a_topic() {
    let out = compare("dump", &[DUMP]);
    assert!(out.contains("\n4 events: 2 accepted, 2 rejected, 0 unknown\n"));
    assert!(out.contains(" partition 0 message 1 "));
    assert!(out.contains(": not a partition in order\n"));
    assert!(out.contains("\n  cancelled before scheduled; expected scheduled\n"));
}

#[cfg(feature = "avro")]
#[test]
fn avro_container_file() {
    use migration_events::avro::container::Writer;
    use migration_events::boost::{AccountMigrationEvent, Dump};
    let dump = fs::read(SAMPLES[0]).unwrap();
    let event = Dump::from_json(&dump).unwrap().messages().next().unwrap().event.unwrap();
    let mut writer = Writer::<_, AccountMigrationEvent>::builder(Vec::new()).build().unwrap();
    for _ in 0..2 {
        writer.append(&event).unwrap();
        writer.flush().unwrap();
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("steps.avro");
    fs::write(&path, writer.into_inner().unwrap()).unwrap();
    let out = output(&[path.to_str().unwrap()]);
    assert!(out.contains(" item 0 boost "), "{out}");
    assert!(out.contains(" delivered again, skipped\n"), "{out}");
    assert!(out.contains("\n2 events: 2 accepted, 0 rejected, 0 unknown\n"), "{out}");
}

#[test]
fn broken_events_are_reported_and_others_answered_once() {
    let out = compare("broken", &[BROKEN]);
    let file = fs::read(BROKEN).unwrap();

    let answers = answers(&out);
    let intact = markers(&file, "\"ok-");
    assert!(intact.len() >= 20);
    for (id, _) in &intact {
        assert_eq!(answers.get(id).map(Vec::as_slice), Some(&[true][..]), "{id}");
    }

    let broken = markers(&file, "bad-");
    assert!(broken.len() >= 30);
    let reports = reports(&out, file.len());
    for (id, place) in &broken {
        let report = reports.iter().find(|(range, _)| range.contains(place));
        assert!(report.is_some_and(|(_, text)| text.contains(" rejected: ")), "{id}");
        // At most once, and never as a success.
        assert!(answers.get(id).is_none_or(|all| all[..] == [false]), "{id}");
    }

    let failed = answers.values().filter(|all| all[..] == [false]).count();
    assert_eq!(failed + intact.len(), answers.len());
    // Beside the customers there is a comma between two events, and an object of no contract.
    let total = format!(
        "\n{} events: {} accepted, {} rejected, 1 unknown\n",
        intact.len() + broken.len() + 2,
        intact.len(),
        broken.len() + 1,
    );
    assert!(out.contains(&total), "{total}");
    assert!(out.ends_with(&format!("answers: {} SUCCESS, {failed} FAIL\n", intact.len())));
}

#[test]
fn identifiers_that_are_unclear_are_not_answered() {
    let answers = answers(&output(&[BROKEN]));
    // No account id; a repeated id; two payloads in one envelope; a version that is not a date-time.
    for id in ["bad-2", "bad-4", "other", "bad-15", "bad-19"] {
        assert!(!answers.contains_key(id), "{id}");
    }
}

/// Wherever an event breaks off, all others of a file without separators are still read.
#[test]
fn a_broken_event_swallows_no_other() {
    let whole = fs::read(RECOVERY).unwrap();
    let out = output(&[RECOVERY]);
    let events: Vec<_> = reports(&out, whole.len());
    let accepted = |out: &str| -> Vec<String> {
        let lines = out.lines().filter_map(|line| line.split_once(' '));
        lines.filter(|(place, _)| place.contains(".json:")).map(|(_, text)| text.into()).collect()
    };
    let all = accepted(&out);
    let (mut cuts, mut skipped) = (0, 0);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cut.json");
    let path = path.to_str().unwrap();
    for (index, (place, _)) in events.iter().enumerate() {
        let mut others = all.clone();
        others.remove(index);
        for cut in (place.start + 1..place.end).step_by(STEP) {
            let before = &whole[..cut];
            cuts += 1;
            // After `data`, any event looks like its payload.
            if before.trim_ascii_end().ends_with(b"\"data\":") {
                skipped += 1;
                continue;
            }
            fs::write(path, [before, &whole[place.end..]].concat()).unwrap();
            let mut read = accepted(&output(&[path]));
            read.retain(|text| !text.contains(" rejected: ") && !text.starts_with("rejected: "));
            // Outside of a string, or after a colon in it, an event unlike any before looks like a part of the one that
            // was cut off: then both are one broken event.
            let quotes = before[place.start..].iter().filter(|byte| **byte == b'"').count();
            let mut fewer = others.clone();
            fewer.drain(index..others.len().min(index + 1));
            let is_value = quotes % 2 == 0 || before.trim_ascii_end().ends_with(b":");
            if is_value && read == fewer {
                skipped += 1;
                continue;
            }
            assert_eq!(read, others, "event {index} cut at byte {cut}");
        }
    }
    assert!(cuts > 100 && skipped * 10 < cuts, "{skipped} of {cuts} cuts skipped");
}

#[test]
fn usage_and_input_errors_have_their_exit_codes() {
    for arguments in [&[][..], &["--help"], &["--answers"], &["--answers", "x"], &["-x", LINES]] {
        let (code, out, errors) = execute(arguments);
        assert_eq!((code, &*out), (2, ""), "{arguments:?}");
        assert!(errors.contains("\nexample: cargo run --release --example answer_events -- "));
    }
    let (code, out, errors) = execute(&["no/such/file", RECOVERY]);
    assert_eq!(code, 1);
    assert!(out.contains("11 events"), "the other file is read all the same");
    assert!(errors.starts_with("no/such/file: "));
    assert_eq!(execute(&["--answers", "no/such/directory/answers", RECOVERY]).0, 1);
}

#[test]
fn answers_go_to_a_file_on_request() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("answers.jsonl");
    let among = output(&[RECOVERY]);
    let apart = output(&["--answers", path.to_str().unwrap(), RECOVERY]);
    let answers = fs::read_to_string(&path).unwrap();
    let (answered, events): (Vec<_>, Vec<_>) =
        among.lines().partition(|line| line.starts_with("  -> "));
    assert!(apart.lines().eq(events));
    assert!(answers.lines().eq(answered.iter().map(|line| &line[5..])));
}

/// The identifiers in a file that begin with `prefix` and a number, and where they are.
fn markers(file: &[u8], prefix: &str) -> Vec<(String, usize)> {
    let mut markers = BTreeMap::new();
    for place in 0..file.len() {
        let Some(rest) = file[place..].strip_prefix(prefix.as_bytes()) else { continue };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[..digits]).unwrap();
        markers.entry(format!("{}{number}", prefix.trim_start_matches('"'))).or_insert(place);
    }
    markers.into_iter().collect()
}

/// The lines about each place of a file, and the bytes from there to the next one reported.
fn reports(out: &str, length: usize) -> Vec<(Range<usize>, String)> {
    let mut reports: Vec<(usize, String)> = Vec::new();
    for line in out.lines() {
        let place =
            line.split_once(' ').and_then(|(place, text)| Some((place.rsplit_once(':')?.1, text)));
        let Some((Ok(offset), text)) = place.map(|(offset, text)| (offset.parse(), text)) else {
            continue;
        };
        match reports.last_mut() {
            Some((last, texts)) if *last == offset => texts.push_str(text),
            _ => reports.push((offset, format!(" {text}"))),
        }
    }
    let ends = reports.iter().skip(1).map(|(offset, _)| *offset).chain([length]);
    let ends: Vec<_> = ends.collect();
    reports.into_iter().zip(ends).map(|((start, text), end)| (start..end, text)).collect()
}
