//! The table of all events that are recognised: one row for each.
//!
//! [`AnyEvent`](super::AnyEvent), recognition, decoding, identity and answers to rejected messages are made
//! from it. A row says what the variant is called and documented, how the event is delivered, by which
//! [signs](super::signs::Sign) it is recognised, and which outcome answers it. A contract of a family
//! that is in no row does not compile. A section holds the events of one feature.
//!
//! The groups of Pismo have signs that outweigh those of its core, so that a message of the core is recognised in the
//! same way with every set of features. Some outcomes have nothing of their own: without envelope, these are not
//! recognised.
//!
//! | delivered | the event comes |
//! |---|---|
//! | `Enveloped` | in the envelope of Pismo, whose `event_type` is its first sign, or without |
//! | `Bare` | as JSON |
//! | `Avro` | in the JSON encoding of Avro, or as a framed datum |

macro_rules! events {
    ($expand:ident) => {
        $expand! {
            "pismo-core" pismo {
                /// A customer to be migrated.
                CustomerIncoming = Enveloped CustomerIncoming by [
                    // Its contract is open everywhere: an accrual that lacks one property would pass as a
                    // customer.
                    Sign::EntityMemberUnlessOther("migration")
                ] answered by CustomerOutgoing;
                /// The outcome of the migration of a customer.
                CustomerOutgoing = Enveloped CustomerOutgoing by [
                    Sign::TwoMembersOf(&["status", "code", "migration"])
                ];
                /// An accrual to be migrated.
                AccrualIncoming = Enveloped AccrualIncoming by [
                    Sign::EntityMember(&["accruals", "accounting_date", "authorization_type"])
                ];
                /// A recurring charge plan to be migrated.
                RecurringChargePlanIncoming = Enveloped RecurringChargePlanIncoming by [
                    Sign::EntityMember(&[
                        "installment_amount",
                        "processing_code",
                        "number_of_cycles",
                    ])
                ];
                without signs []
            }
            "pismo-accounts" pismo {
                /// The outcome of the migration of an account.
                AccountOutgoing = Enveloped AccountOutgoing by [
                    Sign::OutcomeEntity(&["addresses"])
                ];
                /// The outcome of setting the overlimit of an account.
                AccountOverlimitOutgoing = Enveloped AccountOverlimitOutgoing by [
                    Sign::OutcomeEntity(&["toggle"])
                ];
                without signs []
            }
            "pismo-accruals" pismo {
                /// The outcome of the migration of an accrual.
                AccrualOutgoing = Enveloped AccrualOutgoing by [Sign::OutcomeEntity(&["accruals"])];
                without signs []
            }
            "pismo-authorizations" pismo {
                /// An off-us authorization to be migrated.
                AuthorizationIncoming = Enveloped AuthorizationIncoming by [
                    Sign::MemberOfEntityMigration("tokenization_id")
                ];
                /// The outcome of the migration of an off-us authorization.
                AuthorizationOutgoing = Enveloped AuthorizationOutgoing by [
                    Sign::OutcomeEntity(&["network_authorization_id"])
                ];
                /// An on-us authorization to be migrated.
                OnUsAuthorizationIncoming = Enveloped OnUsAuthorizationIncoming by [
                    Sign::EntityMemberFirst(&["authorization_response_code", "datetime_utc"])
                ];
                /// The outcome of the migration of an on-us authorization.
                OnUsAuthorizationOutgoing = Enveloped OnUsAuthorizationOutgoing by [
                    Sign::OutcomeEntity(&["authorization_status_id"])
                ];
                without signs []
            }
            "pismo-balances" pismo {
                /// A balance control to be migrated.
                BalanceControlIncoming = Enveloped BalanceControlIncoming by [
                    Sign::EntityMemberFirst(&["balance_types", "calculate_retroactive_accruals"])
                ];
                /// The outcome of the migration of a balance control.
                BalanceControlOutgoing = Enveloped BalanceControlOutgoing by [
                    Sign::OutcomeEntity(&["calculate_retroactive_accruals"])
                ];
                without signs []
            }
            "pismo-cards" pismo {
                /// A card to be migrated.
                CardIncoming = Enveloped CardIncoming by [
                    Sign::EntityMemberFirst(&["abu_enabled", "contactless_enabled"])
                ];
                /// The outcome of the migration of a card.
                CardOutgoing = Enveloped CardOutgoing by [
                    Sign::OutcomeEntity(&["card_id", "reissued_id"])
                ];
                /// The outcome of the migration of a card's protected data.
                PciCardOutgoing = Enveloped PciCardOutgoing by [
                    Sign::OutcomeEntity(&["card_hash", "default_info_generated"])
                ];
                /// A token to be migrated.
                TokenIncoming = Enveloped TokenIncoming by [
                    Sign::EntityMemberFirst(&["token_type", "token_unique_ref"])
                ];
                /// The outcome of the migration of a token.
                TokenOutgoing = Enveloped TokenOutgoing by [
                    Sign::MemberOfOutcomeMigration("card_id")
                ];
                without signs []
            }
            "pismo-charges" pismo {
                /// Accounts to be given a fee model.
                FeeModelAccountIncoming = Enveloped FeeModelAccountIncoming by [
                    Sign::EntityMemberFirst(&["fee_model_id"])
                ];
                /// The outcome of the migration of a fee model.
                FeeModelAccountOutgoing = Enveloped FeeModelAccountOutgoing by [
                    Sign::MemberOfOutcomeMigration("account_ids")
                ];
                /// Links to recurring charge plans to be migrated.
                RecurringChargeLinkIncoming = Enveloped RecurringChargeLinkIncoming by [
                    Sign::EntityMemberFirst(&["links"])
                ];
                /// The outcome of the migration of a link.
                RecurringChargeLinkOutgoing = Enveloped RecurringChargeLinkOutgoing by [
                    Sign::OutcomeEntity(&["recurring_charge_link_id"])
                ];
                /// The outcome of the migration of a recurring charge plan.
                RecurringChargePlanOutgoing = Enveloped RecurringChargePlanOutgoing by [
                    Sign::OutcomeEntity(&["id"])
                ];
                without signs []
            }
            "pismo-go-live" pismo {
                /// The outcome of the go-live of an account.
                AccountGoLiveOutgoing = Enveloped AccountGoLiveOutgoing by [];
                /// The outcome of the pre-go-live of an account.
                AccountPreGoLiveOutgoing = Enveloped AccountPreGoLiveOutgoing by [
                    Sign::OutcomeEntity(&["program_due_date_id"])
                ];
                /// A go-live that was refused.
                GoLiveOutgoing = Enveloped GoLiveOutgoing by [];
                /// The outcome of the go-live of a card's protected data.
                PciCardGoLiveOutgoing = Enveloped PciCardGoLiveOutgoing by [
                    Sign::OutcomeEntity(&["card_hash", "default_info_generated"])
                ];
                /// A pre-go-live that was refused.
                PreGoLiveOutgoing = Enveloped PreGoLiveOutgoing by [];
                without signs []
            }
            "pismo-merchants" pismo {
                /// A merchant to be migrated.
                MerchantIncoming = Enveloped MerchantIncoming by [
                    Sign::EntityMemberFirst(&["document_number", "brand_name"])
                ];
                /// The outcome of the migration of a merchant.
                MerchantOutgoing = Enveloped MerchantOutgoing by [
                    Sign::OutcomeEntity(&["merchant_id", "processed_at"])
                ];
                /// A transaction of a merchant to be migrated.
                MerchantTransactionIncoming = Enveloped MerchantTransactionIncoming by [
                    Sign::EntityMemberFirst(&["terminal_id", "origin"])
                ];
                /// The outcome of the migration of a merchant's transaction.
                MerchantTransactionOutgoing = Enveloped MerchantTransactionOutgoing by [
                    Sign::OutcomeEntity(&["transaction_id", "processed_at"])
                ];
                without signs []
            }
            "pismo-statements" pismo {
                /// A statement to be migrated.
                StatementIncoming = Enveloped StatementIncoming by [
                    Sign::EntityMemberFirst(&["due_date", "real_due_date", "cycle_closing_date"])
                ];
                /// The outcome of the migration of a statement.
                StatementOutgoing = Enveloped StatementOutgoing by [
                    Sign::OutcomeEntity(&["statement_id", "due_date"])
                ];
                without signs []
            }
            "pismo-transactions" pismo {
                /// The outcome of an instant payment that came of a transaction.
                InstantPaymentOutgoing = Enveloped InstantPaymentOutgoing by [];
                /// A payment agreement to be migrated.
                PaymentAgreementIncoming = Enveloped PaymentAgreementIncoming by [
                    Sign::EntityMemberFirst(&["use_original_rate", "settle_accrual"])
                ];
                /// The outcome of the migration of a payment agreement.
                PaymentAgreementsOutgoing = Enveloped PaymentAgreementsOutgoing by [
                    Sign::OutcomeEntity(&["payment_agreement_id"])
                ];
                /// A pre-scheduled transaction to be migrated.
                PreScheduledTransactionIncoming = Enveloped PreScheduledTransactionIncoming by [
                    Sign::EntityMemberFirst(&["statement_scheduled_date"])
                ];
                /// The outcome of the migration of a pre-scheduled transaction.
                PreScheduledTransactionOutgoing = Enveloped PreScheduledTransactionOutgoing by [
                    Sign::OutcomeEntity(&["schedule_id"])
                ];
                /// A transaction to be migrated.
                TransactionIncoming = Enveloped TransactionIncoming by [
                    Sign::EntityMemberFirst(&["transaction_type", "ledger_impact", "installments_type"])
                ];
                /// The outcome of the migration of a transaction.
                TransactionOutgoing = Enveloped TransactionOutgoing by [
                    Sign::OutcomeEntity(&["transaction_type_id"])
                ];
                without signs []
            }
            "boost" boost {
                /// A step in the migration of an account.
                AccountMigration = Avro AccountMigrationEvent by [
                    Sign::BranchOfEvent("uk.co.boostpower.support.kafka.messages.")
                ];
                without signs []
            }
            "specsavers" specsavers {
                /// A customer was created.
                CustomerCreated = Bare CustomerCreated by [
                    Sign::CloudEventType("com.specsavers.customer.created")
                ];
                // The `type` that these have on the wire is not published.
                without signs [CustomerUpdated, CustomerWalletUpdated, PasswordReset, OtpCode]
            }
        }
    };
}
