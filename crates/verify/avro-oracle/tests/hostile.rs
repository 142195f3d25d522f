//! Damaged datums of every schema: refused or read as apache-avro reads them, without a panic.

use apache_avro::Schema;
use migration_events_avro_oracle::disagreements::{Reason, reason};
use migration_events_avro_oracle::{Codec, Dice, Peer, Values, codecs, same_value, value_count};
use std::collections::BTreeMap;

/// Longer datums are damaged at this many places only.
const PLACES: usize = 100;

fn each(values: u64, mut check: impl FnMut(&Codec, &Peer<'_>, &[u8], &mut Dice<'_>)) {
    for codec in codecs() {
        let schema = Schema::parse_str(codec.text).expect(codec.name);
        let peer = Peer::new(&schema);
        let (mut random, mut dice) = (Values::new(&schema, peer.names(), 5), Dice::seeded(6));
        for _ in 0..value_count(values) {
            let datum = peer.encode(&random.value()).expect(codec.name);
            check(codec, &peer, &datum, &mut dice);
        }
    }
}

/// All places of a short datum, some of a long one.
fn places(len: usize, dice: &mut Dice<'_>) -> Vec<usize> {
    if len <= PLACES { (0..len).collect() } else { (0..PLACES).map(|_| dice.below(len)).collect() }
}

#[test]
fn a_datum_that_is_cut_anywhere_is_refused() {
    each(20, |codec, _, datum, dice| {
        for len in places(datum.len(), dice) {
            assert!((codec.binary)(&datum[..len]).is_err(), "{} {len} {datum:02x?}", codec.name);
        }
    });
}

#[test]
fn bytes_after_a_datum_are_refused() {
    each(20, |codec, _, datum, _| {
        for extra in [&[0][..], &[1], &[0xff], &[0; 12]] {
            let longer = [datum, extra].concat();
            assert!((codec.binary)(&longer).is_err(), "{} {longer:02x?}", codec.name);
        }
    });
}

#[test]
fn damaged_datums_differ_only_as_listed() {
    let mut reasons: BTreeMap<Reason, u32> = BTreeMap::new();
    let (mut accepted, mut refused) = (0, 0);
    each(4, |codec, peer, datum, dice| {
        for place in places(datum.len(), dice) {
            let bits = (0..8).map(|bit| datum[place] ^ (1 << bit));
            for byte in bits.chain([0x00, 0x01, 0x80, 0xff, dice.bits() as u8]) {
                let mut damaged = datum.to_vec();
                damaged[place] = byte;
                match compare(codec, peer, &damaged) {
                    Outcome::Accepted => accepted += 1,
                    Outcome::Refused => refused += 1,
                    Outcome::Differs(reason) => *reasons.entry(reason).or_default() += 1,
                }
            }
        }
    });
    println!("{accepted} accepted and {refused} refused by both; {reasons:?}");
    assert!(accepted > 1_000 && refused > 1_000);
}

#[test]
fn spliced_datums_differ_only_as_listed() {
    let (mut accepted, mut refused) = (0, 0);
    each(20, |codec, peer, datum, dice| {
        for _ in 0..10 {
            let mut spliced = datum.to_vec();
            for _ in 0..1 + dice.below(3) {
                let start = dice.below(spliced.len() + 1);
                let end = spliced.len().min(start + dice.below(3));
                let len = dice.below(3);
                let mut bytes = dice.bytes(len);
                // Small numbers are lengths and branches more often than large ones.
                bytes.iter_mut().for_each(|byte| *byte >>= dice.below(8));
                spliced.splice(start..end, bytes);
            }
            match compare(codec, peer, &spliced) {
                Outcome::Accepted => accepted += 1,
                Outcome::Refused => refused += 1,
                Outcome::Differs(_) => {}
            }
        }
    });
    assert!(accepted > 500 && refused > 1_000, "{accepted} accepted, {refused} refused");
}

enum Outcome {
    Accepted,
    Refused,
    Differs(Reason),
}

fn compare(codec: &Codec, peer: &Peer<'_>, datum: &[u8]) -> Outcome {
    let (ours, theirs) = ((codec.binary)(datum), peer.decode(datum));
    match (&ours, &theirs) {
        (Ok(written), Ok(Some(value))) => {
            let again = peer.decode(written).expect("apache-avro reads what we write");
            let is_same = again.is_some_and(|again| same_value(&again, value));
            assert!(is_same, "{}: another value: {datum:02x?}", codec.name);
            Outcome::Accepted
        }
        (Err(_), Err(_) | Ok(None)) => Outcome::Refused,
        _ => match reason(peer, datum, &ours, &theirs) {
            Some(reason) => Outcome::Differs(reason),
            None => panic!("{}: {datum:02x?}\nours: {ours:02x?}\ntheirs: {theirs:?}", codec.name),
        },
    }
}
