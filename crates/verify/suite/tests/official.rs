//! Every case of the suite does what the suite says, but for those in `exceptions.txt`.

use migration_events_suite::{GROUPS, Group};
use std::collections::{BTreeMap, BTreeSet};

#[test]
#[cfg_attr(suite_absent, ignore = "the JSON Schema Test Suite has not been fetched")]
fn cases_agree_with_the_suite() {
    let mut failures = BTreeMap::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for group in GROUPS {
        for case in group.cases {
            let count = counts.entry(group.file).or_default();
            count.1 += 1;
            match case.failure(group) {
                Some(failure) => drop(failures.insert(name(group, case.description), failure)),
                None => count.0 += 1,
            }
        }
    }
    for (file, (passed, total)) in &counts {
        println!("{passed:4} of {total:4}  {file}");
    }
    let (passed, total) =
        counts.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    println!("{passed:4} of {total:4}");
    let (listed, unknown) = listed_cases();
    let failed: BTreeSet<&String> = failures.keys().collect();
    let unlisted: Vec<String> = failures
        .iter()
        .filter(|(name, _)| !listed.contains(*name))
        .map(|(name, failure)| format!("{name}\n    {failure}"))
        .collect();
    let passing: Vec<&String> = listed.iter().filter(|name| !failed.contains(name)).collect();
    assert!(
        unlisted.is_empty() && passing.is_empty() && unknown.is_empty(),
        "{} fail and are not listed:\n{}\nlisted, but passing: {passing:#?}\nlisted, but unknown: {unknown:#?}",
        unlisted.len(),
        unlisted.join("\n"),
    );
}

#[test]
#[cfg_attr(suite_absent, ignore = "the JSON Schema Test Suite has not been fetched")]
fn every_supported_draft_is_run() {
    let drafts = [
        ("draft4", 600),
        ("draft6", 800),
        ("draft7", 1400),
        ("draft2019-09", 1800),
        ("draft2020-12", 1800),
    ];
    for (draft, least) in drafts {
        let groups = GROUPS.iter().filter(|group| group.file.split('/').next() == Some(draft));
        let cases: usize = groups.map(|group| group.cases.len()).sum();
        assert!(cases >= least, "{cases} cases of {draft}");
    }
}

/// The cases that the lines of `exceptions.txt` stand for, and the lines that stand for none.
fn listed_cases() -> (BTreeSet<String>, Vec<&'static str>) {
    let (mut cases, mut unknown) = (BTreeSet::new(), Vec::new());
    for line in exceptions() {
        let before = cases.len();
        for group in GROUPS {
            let (_, any_draft) = group.file.split_once('/').expect("a folder of a draft");
            let is_file = |name: &str| name == group.file || name == any_draft;
            let Some((file, schema)) = line.split_once(": ") else {
                if is_file(line) && group.rewrite.is_err() {
                    cases.extend(group.cases.iter().map(|case| name(group, case.description)));
                }
                continue;
            };
            if !is_file(file) {
                continue;
            }
            for case in group.cases {
                if schema == group.description && group.rewrite.is_err()
                    || schema == format!("{}: {}", group.description, case.description)
                {
                    cases.insert(name(group, case.description));
                }
            }
        }
        if cases.len() == before {
            unknown.push(line);
        }
    }
    (cases, unknown)
}

fn name(group: &Group, case: &str) -> String {
    format!("{}: {}: {case}", group.file, group.description)
}

/// The lines of `exceptions.txt`; each stands below a comment, the reason.
fn exceptions() -> BTreeSet<&'static str> {
    let (mut listed, mut has_reason) = (BTreeSet::new(), false);
    for line in include_str!("../exceptions.txt").lines() {
        if line.is_empty() {
            has_reason = false;
        } else if line.starts_with("# ") {
            has_reason = true;
        } else {
            assert!(has_reason, "an exception without a reason: {line}");
            assert!(listed.insert(line), "listed twice: {line}");
        }
    }
    listed
}
