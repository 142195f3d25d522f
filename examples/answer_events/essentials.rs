//! Essentials of an event to print: identifiers, dates and amounts, nothing about a person.

use migration_events::{AnyEvent, boost, pismo, specsavers};
use rust_decimal::Decimal;
use std::fmt::Display;

/// The essentials of an event on one line.
pub(crate) fn essentials(event: &AnyEvent) -> String {
    match event {
        AnyEvent::CustomerIncoming(event) => event.essentials(),
        AnyEvent::CustomerOutgoing(event) => event.essentials(),
        AnyEvent::AccrualIncoming(event) => event.essentials(),
        AnyEvent::RecurringChargePlanIncoming(event) => event.essentials(),
        AnyEvent::AccountMigration(event) => event.essentials(),
        AnyEvent::CustomerCreated(event) => event.essentials(),
        // A later version of the library knows more events than this program.
        _ => String::new(),
    }
}

trait Essentials {
    fn essentials(&self) -> String;
}

impl Essentials for pismo::CustomerIncoming {
    fn essentials(&self) -> String {
        let migration = &self.entity.migration;
        format!(
            "migration={} version_date={} account={}",
            line(&migration.id),
            migration.version_date,
            line(&migration.account_id),
        )
    }
}

impl Essentials for pismo::CustomerOutgoing {
    fn essentials(&self) -> String {
        let migration = &self.migration;
        format!(
            "migration={} version_date={} account={} status={} code={} operation={} platform_account={}",
            line(&migration.id),
            migration.version_date,
            line(&migration.account_id),
            self.status,
            line(&self.code),
            or_none(self.operation.as_ref()),
            or_none(self.entity.as_ref().map(|entity| entity.account_id)),
        )
    }
}

impl Essentials for pismo::AccrualIncoming {
    fn essentials(&self) -> String {
        let entity = &self.entity;
        format!(
            "migration={} version_date={} account={} accruals={} sum={} date={} to_balance={}",
            line(&entity.migration.id),
            entity.migration.version_date,
            line(&entity.migration.account_id),
            entity.accruals.len(),
            exact_sum(entity.accruals.iter().map(|accrual| accrual.amount))
                .map_or("inexact".into(), |sum| sum.to_string()),
            entity.accounting_date,
            match entity.flag.sends_to_balance() {
                Some(true) => "yes",
                Some(false) => "no",
                None => "unclear",
            },
        )
    }
}

impl Essentials for pismo::RecurringChargePlanIncoming {
    fn essentials(&self) -> String {
        let entity = &self.entity;
        format!(
            "migration={} version_date={} installment={} cycles={} discounted={} renew={}",
            line(&entity.migration.id),
            entity.migration.version_date,
            entity.installment_amount,
            or_none(entity.number_of_cycles.count()),
            or_none(entity.cycles_to_discount().and_then(|cycles| cycles.count())),
            or_none(entity.renew_method.as_ref().map(|method| line(method.as_str()))),
        )
    }
}

impl Essentials for boost::AccountMigrationEvent {
    fn essentials(&self) -> String {
        use boost::MigrationStep::*;
        let (step, effective) = match &self.event {
            Scheduled(event) => ("scheduled", event.effective_enrollment_date),
            BalanceRetrieved(event) => ("balance retrieved", event.effective_enrollment_date),
            Validated(event) => ("validated", event.effective_enrollment_date),
            Completed(event) => ("completed", event.effective_enrollment_date),
            Cancelled(event) => ("cancelled", event.effective_enrollment_date),
            RollBackInitiated(event) => ("rollback initiated", event.effective_enrollment_date),
            RolledBack(event) => ("rolled back", event.effective_enrollment_date),
        };
        format!(
            "step=\"{step}\" enrollment={} account={} effective=\"{effective}\"",
            line(self.event.enrollment_id()),
            line(self.event.account_id()),
        )
    }
}

impl Essentials for specsavers::CustomerCreated {
    fn essentials(&self) -> String {
        let systems: Vec<_> = self
            .migrated_from()
            .iter()
            .map(|info| or_none(info.system.as_deref().map(line)))
            .collect();
        format!(
            "event={} correlation={} market={} migrated_from=[{}]",
            or_none(self.id.as_deref().map(line)),
            or_none(self.correlation_id().map(|id| line(&id))),
            or_none(self.market.as_deref().map(line)),
            systems.join(", "),
        )
    }
}

/// The sum to the last digit; `None` if a decimal cannot hold it.
///
/// Amounts come from outside: `+` would panic on some, and `checked_add` alone rounds a result of
/// more digits than fit. It drops decimal places then, and a sum needs as many as its terms have.
fn exact_sum(mut amounts: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    amounts.try_fold(Decimal::ZERO, |sum, amount| {
        let needed = sum.normalize().scale().max(amount.normalize().scale());
        sum.checked_add(amount).filter(|sum| sum.scale() >= needed)
    })
}

/// Text from outside that cannot break the line or steer a terminal.
fn line(text: &str) -> String {
    text.escape_debug().to_string()
}

fn or_none(value: Option<impl Display>) -> String {
    value.map_or("none".into(), |value| value.to_string())
}
