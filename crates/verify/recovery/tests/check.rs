//! Every part of a recovery file is found, however the file was broken.

use migration_events_recovery::{Kind, MAX_EVENT_BYTES, Parts, Way, check};
use std::collections::BTreeSet;

fn file(seed: u64, count: u64) -> Vec<u8> {
    Parts::new(seed, count).flat_map(|part| part.bytes).collect()
}

#[test]
fn every_part_is_found_or_reported_exactly_once() {
    for seed in 1..=8 {
        let report = check(&*file(seed, 4_000), seed, 4_000).expect("memory can be read");
        assert_eq!(report.differences, 0, "seed {seed}: {:#?}", report.described);
        assert_eq!(report.found + report.faults, 4_000);
        assert!(report.faults > 10);
    }
}

#[test]
fn a_lost_event_shows_in_the_check() {
    let mut stream = file(1, 100);
    stream.remove(20);
    let report = check(&*stream, 1, 100).expect("memory can be read");
    assert!(report.differences > 0);
}

#[test]
fn a_seed_always_makes_the_same_file() {
    assert_eq!(file(7, 300), file(7, 300));
    assert_ne!(file(7, 300), file(8, 300));
    // The last part is never a broken one.
    assert!(Parts::new(7, 299).take(298).eq(Parts::new(7, 300).take(298)));
}

#[test]
fn one_of_a_hundred_is_broken_in_each_way_and_one_repeated() {
    let (mut broken, mut repeated, mut ways) = (0, 0, BTreeSet::new());
    for part in Parts::new(3, 50_000) {
        match part.kind {
            Kind::Broken(way) => {
                broken += 1;
                ways.insert(way);
                assert_eq!(way == Way::TooLarge, part.bytes.len() > MAX_EVENT_BYTES);
            }
            Kind::Repeated(_) => repeated += 1,
            Kind::Intact(_) => assert!(part.bytes.len() <= MAX_EVENT_BYTES),
        }
    }
    assert_eq!(ways.len(), Way::ALL.len());
    assert!((400..600).contains(&broken), "{broken}");
    assert!((400..600).contains(&repeated), "{repeated}");
}
