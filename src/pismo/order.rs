//! The order in which records migrate: a record needs those that it names.
//!
//! ```
//! use migration_events::{Event, pismo::{AccrualIncoming, order::Record}};
//!
//! let accrual = Record::of(AccrualIncoming::CONTRACT).unwrap();
//! // The account of the accrual is there, its card and authorization are not.
//! let is_done = |record| record == Record::Account;
//! assert_eq!(accrual.first_missing(is_done), Some(Record::Card));
//! assert_eq!(Record::Statement.first_missing(is_done), None);
//! ```

use crate::Contract;
use crate::spelling::domain_and_name;

/// The kinds of records, in the order that the newest copy of the published guide gives. The order of the last
/// ones, from [`BalanceControl`](Self::BalanceControl) on, differs between its copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Record {
    /// Accounts, and their overlimit.
    Account,
    /// Customers.
    Customer,
    /// Cards.
    Card,
    /// Protected data of cards.
    PciCard,
    /// Tokens of cards.
    Token,
    /// Off-us authorizations.
    Authorization,
    /// On-us authorizations.
    OnUsAuthorization,
    /// Statements.
    Statement,
    /// Transactions, with payment agreements and instant payments.
    Transaction,
    /// Balance controls.
    BalanceControl,
    /// Accruals.
    Accrual,
    /// Recurring charge plans.
    RecurringChargePlan,
    /// Links of accounts to recurring charge plans.
    RecurringChargeLink,
    /// Fee models of accounts. The guide does not list them; here they stand with the other charges.
    FeeModel,
    /// Merchants.
    Merchant,
    /// Transactions of merchants.
    MerchantTransaction,
    /// Disputes, which have no event of the domain `migration`.
    Dispute,
    /// The preview of the go-live.
    PreGoLive,
    /// The go-live, the last step.
    GoLive,
}

impl Record {
    /// The kind of record that an event is about; `None` for a contract that is not one of Pismo's migrations.
    #[must_use]
    pub fn of(contract: &Contract) -> Option<Self> {
        let ("migration", name) = domain_and_name(contract) else { return None };
        let (_, record) = RECORDS.iter().find(|(start, _)| name.starts_with(start))?;
        Some(*record)
    }

    /// The kinds of records that must have migrated before, because this one names them.
    ///
    /// A line of business that has no such records has nothing to wait for.
    ///
    /// A transaction of a card network also needs a [`Card`](Self::Card) and an
    /// [`Authorization`](Self::Authorization).
    #[must_use]
    pub fn needs(self) -> &'static [Self] {
        match self {
            Self::Account | Self::RecurringChargePlan | Self::Merchant | Self::Dispute => &[],
            Self::Customer | Self::Card | Self::OnUsAuthorization | Self::Statement => {
                &[Self::Account]
            }
            Self::PciCard | Self::Token => &[Self::Card],
            Self::Authorization => &[Self::Account, Self::Card],
            Self::Transaction => &[Self::Account, Self::Statement],
            Self::BalanceControl => &[Self::Account, Self::Statement],
            Self::Accrual => &[Self::Account, Self::Authorization],
            Self::RecurringChargeLink => &[Self::Account, Self::RecurringChargePlan],
            Self::MerchantTransaction => &[Self::Merchant],
            Self::FeeModel | Self::PreGoLive | Self::GoLive => &[Self::Account],
        }
    }

    /// The first record that is still missing, directly or because another one needs it.
    #[must_use]
    pub fn first_missing(self, is_done: impl Fn(Self) -> bool) -> Option<Self> {
        self.missing(&is_done)
    }

    fn missing(self, is_done: &dyn Fn(Self) -> bool) -> Option<Self> {
        let open = self.needs().iter().copied().filter(|record| !is_done(*record));
        // A record comes after all that it needs, so this ends.
        open.map(|record| record.missing(is_done).unwrap_or(record)).min()
    }
}

/// The beginnings of the names of contracts, longer ones first.
const RECORDS: &[(&str, Record)] = &[
    ("account_pre_go_live_", Record::PreGoLive),
    ("account_go_live_", Record::GoLive),
    ("pci_card_go_live_", Record::GoLive),
    ("pre_go_live_", Record::PreGoLive),
    ("go_live_", Record::GoLive),
    ("account_", Record::Account),
    ("customer_", Record::Customer),
    ("card_", Record::Card),
    ("pci_card_", Record::PciCard),
    ("token_", Record::Token),
    ("authorization_", Record::Authorization),
    ("on_us_authorization_", Record::OnUsAuthorization),
    ("statement_", Record::Statement),
    ("transaction_", Record::Transaction),
    ("instant_payment_", Record::Transaction),
    ("payment_agreement", Record::Transaction),
    ("pre_scheduled_transaction_", Record::Transaction),
    ("balance_control_", Record::BalanceControl),
    ("accrual_", Record::Accrual),
    ("recurring_charge_plan_", Record::RecurringChargePlan),
    ("recurring_charge_link_", Record::RecurringChargeLink),
    ("fee_model_account_", Record::FeeModel),
    ("merchant_transaction_", Record::MerchantTransaction),
    ("merchant_", Record::Merchant),
];

/// The kinds of accounts that the published guide gives an order of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineOfBusiness {
    /// Bank accounts.
    BankAccount,
    /// Prepaid cards.
    Prepaid,
    /// Credit cards whose balance migrates as a whole.
    FullBalanceCredit,
    /// Retail: on-us credit.
    OnUs,
}

/// A step of a line of business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Step {
    /// The kind of records that migrate.
    pub record: Record,
    /// False if the step can be left out.
    pub is_required: bool,
}

const fn must(record: Record) -> Step {
    Step { record, is_required: true }
}

const fn may(record: Record) -> Step {
    Step { record, is_required: false }
}

impl LineOfBusiness {
    /// The steps before the go-live, in their order.
    ///
    /// ```
    /// use migration_events::pismo::order::{LineOfBusiness, Record};
    ///
    /// let steps = LineOfBusiness::OnUs.steps().iter();
    /// let required: Vec<_> = steps.filter(|step| step.is_required).map(|step| step.record).collect();
    /// assert_eq!(required, [Record::Account, Record::Merchant, Record::OnUsAuthorization]);
    /// ```
    #[must_use]
    pub fn steps(self) -> &'static [Step] {
        use Record::{
            Account, Accrual, Authorization, BalanceControl, Card, Customer, Merchant,
            MerchantTransaction, OnUsAuthorization, PciCard, RecurringChargePlan, Statement, Token,
            Transaction,
        };
        match self {
            Self::BankAccount => const { &[must(Account), may(Transaction)] },
            Self::Prepaid => {
                const {
                    &[
                        must(Account),
                        must(Card),
                        must(PciCard),
                        must(Authorization),
                        may(Transaction),
                    ]
                }
            }
            Self::FullBalanceCredit => {
                const {
                    &[
                        must(Account),
                        must(Customer),
                        must(Card),
                        must(PciCard),
                        may(Token),
                        must(Authorization),
                        must(Statement),
                        must(Transaction),
                        may(RecurringChargePlan),
                        may(Accrual),
                        must(BalanceControl),
                    ]
                }
            }
            Self::OnUs => {
                const {
                    &[
                        must(Account),
                        must(Merchant),
                        must(OnUsAuthorization),
                        may(Transaction),
                        may(MerchantTransaction),
                    ]
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LineOfBusiness, Record};
    use crate::pismo::CONTRACTS;

    #[test]
    fn records_come_after_what_they_need() {
        for contract in CONTRACTS {
            let record = Record::of(contract).unwrap_or_else(|| panic!("{}", contract.name));
            assert!(record.needs().iter().all(|needed| *needed < record), "{record:?}");
        }
        for business in [
            LineOfBusiness::BankAccount,
            LineOfBusiness::Prepaid,
            LineOfBusiness::FullBalanceCredit,
            LineOfBusiness::OnUs,
        ] {
            assert_eq!(business.steps()[0].record, Record::Account);
        }
    }

    #[test]
    fn names_that_contain_others_are_told_apart() {
        let record = |name: &str| {
            let contract = CONTRACTS.iter().find(|contract| contract.name == name)?;
            Record::of(contract)
        };
        assert_eq!(record("migration/customer_incoming"), Some(Record::Customer));
        assert_eq!(
            record("migration/recurring_charge_plan_incoming"),
            Some(Record::RecurringChargePlan)
        );
        #[cfg(feature = "pismo")]
        for (name, expected) in [
            ("account_go_live_outgoing", Record::GoLive),
            ("pci_card_outgoing", Record::PciCard),
            ("pci_card_go_live_outgoing", Record::GoLive),
            ("on_us_authorization_incoming", Record::OnUsAuthorization),
            ("merchant_transaction_outgoing", Record::MerchantTransaction),
            ("payment_agreements_outgoing", Record::Transaction),
        ] {
            assert_eq!(record(&format!("migration/{name}")), Some(expected));
        }
    }

    #[test]
    fn the_first_missing_record_is_found() {
        assert_eq!(Record::Accrual.first_missing(|_| false), Some(Record::Account));
        let is_done = |record| matches!(record, Record::Account | Record::Card);
        assert_eq!(Record::Accrual.first_missing(is_done), Some(Record::Authorization));
        assert_eq!(Record::Token.first_missing(is_done), None);
    }
}
