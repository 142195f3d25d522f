//! Every case of the suite does what the suite says, but for those in `exceptions.txt`.

use migration_events_suite::GROUPS;
use std::collections::{BTreeMap, BTreeSet};

#[test]
#[cfg_attr(suite_absent, ignore = "the JSON Schema Test Suite is not beside the repository")]
fn every_case_but_the_listed_exceptions_agrees_with_the_suite() {
    let mut failures = BTreeMap::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for group in GROUPS {
        for case in group.cases {
            let name = format!("{}: {}: {}", group.file, group.description, case.description);
            let count = counts.entry(group.file).or_default();
            count.1 += 1;
            match case.failure(group) {
                Some(failure) => drop(failures.insert(name, failure)),
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
    let listed = exceptions();
    let failed: BTreeSet<&str> = failures.keys().map(String::as_str).collect();
    let unlisted: Vec<String> = failures
        .iter()
        .filter(|(name, _)| !listed.contains(name.as_str()))
        .map(|(name, failure)| format!("{name}\n    {failure}"))
        .collect();
    let passing: Vec<&&str> = listed.difference(&failed).collect();
    assert!(
        unlisted.is_empty() && passing.is_empty(),
        "{} fail and are not listed:\n{}\nlisted, but passing or unknown: {passing:#?}",
        unlisted.len(),
        unlisted.join("\n"),
    );
}

/// The cases of `exceptions.txt`; each stands below a line that says why.
fn exceptions() -> BTreeSet<&'static str> {
    let (mut listed, mut reason) = (BTreeSet::new(), false);
    for line in include_str!("../exceptions.txt").lines().filter(|line| !line.is_empty()) {
        if line.starts_with("# ") {
            reason = true;
        } else {
            assert!(reason, "an exception without a reason: {line}");
            assert!(listed.insert(line), "listed twice: {line}");
        }
    }
    listed
}
