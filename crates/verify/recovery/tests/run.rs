//! The main job on a recovery file: every event is answered once, whatever is broken around it, in the
//! memory that a short file takes. A target of its own, since it counts allocations.

use allocation_counter::measure;
use migration_events_recovery::{Counts, Generated, Handled, Ledger, run};

const EVENTS: u64 = 20_000;

/// Runs the job; the last value is the peak of allocated bytes.
fn measured(seed: u64, count: u64) -> (Handled, Ledger, Counts, u64) {
    let (mut stream, mut ledger) = (Generated::new(seed, count), Ledger::default());
    let mut handled = Handled::default();
    let info = measure(|| handled = run(&mut stream, &mut ledger).expect("memory can be read"));
    (handled, ledger, stream.counts().clone(), info.bytes_max)
}

#[test]
fn recovery_answers_each_event_once_in_constant_memory() {
    let (_, _, _, few) = measured(1, EVENTS / 10);
    let (handled, ledger, counts, many) = measured(1, EVENTS);

    assert_eq!(handled.differences(&ledger, 1, EVENTS), 0);
    assert_eq!(handled.answered, counts.unique);
    assert_eq!(handled.repeated, counts.repeated);
    assert_eq!(handled.faults.len() as u64, counts.broken.values().sum::<u64>());
    let unique: u64 = counts.unique.values().sum();
    assert_eq!((ledger.succeeded, ledger.failed), (unique - counts.refused, counts.refused));
    assert!(counts.refused > 100 && counts.broken.len() == 10 && counts.repeated.len() > 1);

    assert!(many <= few + (4 << 20), "{few} bytes for a tenth, {many} bytes for all");
}

#[test]
fn lost_and_repeated_events_are_reported() {
    let (mut handled, ledger, _, _) = measured(2, 500);
    assert_eq!(handled.differences(&ledger, 2, 500), 0);
    assert!(handled.differences(&Ledger::default(), 2, 500) > 400);
    handled.faults.pop();
    assert_eq!(handled.differences(&ledger, 2, 500), 1);

    let mut twice = Ledger::default();
    let doubled = [Generated::new(2, 500), Generated::new(2, 500)];
    for stream in doubled {
        run(stream, &mut twice).expect("memory can be read");
    }
    assert!(twice.twice > 400);
}
