use migration_events_outcomes::{MeterMoved, meter_moved};

fn main() {
    let migration = || meter_moved::Migration { id: "m-1".into() };
    let entity = || meter_moved::Entity { meter: 7 };
    let _created: MeterMoved = MeterMoved::succeeded("M-1", "moved", migration()).created(entity());
    let _updated: MeterMoved = MeterMoved::succeeded("M-1", "moved", migration()).updated(entity());
    let _failed: MeterMoved = MeterMoved::failed("M-2", "gone", migration());
}
