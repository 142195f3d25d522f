//! Boost: the seven branches of the union.

use crate::values::{avro_date, avro_millis, text};
use crate::{config, there_and_back};
use migration_events::boost::{
    AccountMigrationCancelledEvent, AccountMigrationCompletedEvent, AccountMigrationEvent,
    AccountMigrationRollBackInitiatedEvent, AccountMigrationRolledBackEvent,
    AccountMigrationScheduledEvent, AccountMigrationValidatedEvent, BalanceRetrievedMigrationEvent,
    EventMetadata, MigrationStep,
};
use proptest::prelude::*;

prop_compose! {
    fn metadata()(event_id in text(), trace_token in text(), created_at in avro_millis()) -> EventMetadata {
        EventMetadata { event_id, trace_token, created_at }
    }
}

/// The fields that all branches share, and those of some.
macro_rules! branch {
    ($variant:ident($record:ident { $($field:ident: $strategy:expr),* })) => {
        (metadata(), text(), text(), avro_date(), ($($strategy,)*)).prop_map(
            |(metadata, enrollment_id, account_id, effective_enrollment_date, ($($field,)*))| {
                MigrationStep::$variant($record {
                    metadata,
                    enrollment_id,
                    account_id,
                    effective_enrollment_date,
                    $($field),*
                })
            },
        )
    };
}

fn event() -> impl Strategy<Value = AccountMigrationEvent> {
    let event = prop_oneof![
        branch!(Cancelled(AccountMigrationCancelledEvent {
            mpan: text(),
            cancelled_at: avro_millis()
        })),
        branch!(Completed(AccountMigrationCompletedEvent { completed_at: avro_millis() })),
        branch!(RollBackInitiated(AccountMigrationRollBackInitiatedEvent {
            roll_back_initiated_at: avro_millis()
        })),
        branch!(RolledBack(AccountMigrationRolledBackEvent { rolled_back_at: avro_millis() })),
        branch!(Scheduled(AccountMigrationScheduledEvent {
            mpan: text(),
            supply_start_date: avro_date(),
            scheduled_at: avro_millis()
        })),
        branch!(Validated(AccountMigrationValidatedEvent { validated_at: avro_millis() })),
        branch!(BalanceRetrieved(BalanceRetrievedMigrationEvent {
            mpan: text(),
            retrieved_at: avro_millis()
        })),
    ];
    event.prop_map(|event| AccountMigrationEvent { event })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn account_migration_event(event in event()) {
        there_and_back(&event)?;
    }
}
