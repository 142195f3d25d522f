//! Two ways of doing one job, measured in turns.
//!
//! Short batches of both alternate, so that whatever else the machine does falls on both. The ratio
//! is the median of the ratios of neighbouring batches; it holds where absolute times do not.

use std::time::{Duration, Instant};

use crate::cases::Case;

/// Long against the resolution of the clock, short against a time slice of the scheduler.
const BATCH: Duration = Duration::from_micros(250);

/// The result of one case.
const BUDGET: Duration = Duration::from_millis(700);

/// Fewer pairs have no useful quartiles.
const FEWEST_PAIRS: usize = 40;

/// A wider spread of the ratio says more about the machine than about the code.
const NOISY: f64 = 0.2;

/// Medians over all batches.
pub(crate) struct Measurement {
    pub(crate) ours_ns: f64,
    pub(crate) peer_ns: f64,
    /// Ours divided by the peer's.
    pub(crate) ratio: f64,
    /// Distance of the quartiles of the ratio, as a part of it.
    pub(crate) spread: f64,
}

impl Measurement {
    /// Returns whether the ratios scatter too much, so that it has to be measured again.
    pub(crate) fn is_noisy(&self) -> bool {
        self.spread > NOISY
    }
}

/// Returns whether every case is to run once, and nothing to be measured: Cargo passes `--bench` when it is to
/// be measured, and not when a benchmark is only tested.
pub(crate) fn is_tried_only(arguments: &[String]) -> bool {
    let has = |flag| arguments.iter().any(|argument| argument == flag);
    has("--test") || !has("--bench")
}

/// Measures both ways of a case.
pub(crate) fn measure(case: &Case) -> Measurement {
    let (ours_times, peer_times) = (batch_size(&case.ours), batch_size(&case.peer));
    let (mut ours, mut peer, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let start = Instant::now();
    while start.elapsed() < BUDGET || ratios.len() < FEWEST_PAIRS {
        // Whoever goes second finds the caches as the other left them: they take turns.
        let (a, b) = if ratios.len() % 2 == 0 {
            let a = nanoseconds(&case.ours, ours_times);
            (a, nanoseconds(&case.peer, peer_times))
        } else {
            let b = nanoseconds(&case.peer, peer_times);
            (nanoseconds(&case.ours, ours_times), b)
        };
        ours.push(a);
        peer.push(b);
        ratios.push(a / b);
    }
    let ratio = quantile(&mut ratios, 0.5);
    Measurement {
        ours_ns: quantile(&mut ours, 0.5),
        peer_ns: quantile(&mut peer, 0.5),
        ratio,
        spread: (quantile(&mut ratios, 0.75) - quantile(&mut ratios, 0.25)) / ratio,
    }
}

/// The number of runs that fit into a batch, at least one.
fn batch_size(work: &dyn Fn(u64)) -> u64 {
    let mut times = 1;
    loop {
        let start = Instant::now();
        work(times);
        let elapsed = start.elapsed();
        if elapsed >= BATCH / 2 {
            let exact = times as f64 * BATCH.as_secs_f64() / elapsed.as_secs_f64();
            return (exact as u64).max(1);
        }
        times *= 2;
    }
}

/// Time of one repetition.
fn nanoseconds(work: &dyn Fn(u64), times: u64) -> f64 {
    let start = Instant::now();
    work(times);
    start.elapsed().as_secs_f64() * 1e9 / times as f64
}

fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}
