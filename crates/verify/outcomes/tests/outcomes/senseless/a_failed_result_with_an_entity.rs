use migration_events_runtime::outcome::{Ended, Success};
use migration_events_outcomes::meter_moved;

fn main() {
    let _ = Success::<meter_moved::Entity> {
        code: "M-2".into(),
        message: "gone".into(),
        ended: Ended::Failed,
    };
}
