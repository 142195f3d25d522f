//! Deduplication within the transactions of a database.

use super::key;
use futures_executor::block_on;
use migration_events::identity::{
    Answer, Claim, Deduplicate, IdempotencyKey, Lease, LeaseError, LostLease, Window,
};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::{poll_fn, ready};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

#[derive(Debug, Clone, Default)]
struct Row {
    token: i64,
    expires: u64,
    answer: Option<Option<Answer>>,
}

type Rows = BTreeMap<String, Row>;

/// A database with a clock, and what handlers write.
#[derive(Debug, Clone, Default)]
struct Tables {
    handled: Rows,
    sent: Vec<String>,
    now: u64,
}

#[derive(Default)]
struct Database(Mutex<Tables>);

/// Its changes are there once it is committed.
struct Transaction<'d> {
    database: &'d Database,
    tables: Tables,
}

impl Database {
    fn begin(&self) -> Transaction<'_> {
        Transaction { database: self, tables: self.0.lock().unwrap().clone() }
    }

    fn pass(&self, seconds: u64) {
        self.0.lock().unwrap().now += seconds;
    }

    fn sent(&self) -> Vec<String> {
        self.0.lock().unwrap().sent.clone()
    }
}

impl Transaction<'_> {
    fn commit(self) {
        *self.database.0.lock().unwrap() = self.tables;
    }

    /// Where a driver waits for the server.
    async fn wait(&self) {
        let mut is_ready = false;
        poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut is_ready, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

/// The table of events, written as with an asynchronous driver.
struct Handled;

impl Deduplicate<Transaction<'_>> for Handled {
    type Error = Infallible;

    async fn claim(
        &self,
        transaction: &mut Transaction<'_>,
        key: &IdempotencyKey,
    ) -> Result<Claim, Infallible> {
        transaction.wait().await;
        let now = transaction.tables.now;
        let row = transaction.tables.handled.entry(key.as_str().to_owned()).or_default();
        if let Some(answer) = &row.answer {
            return Ok(Claim::Completed(answer.clone()));
        }
        if row.token > 0 && now < row.expires {
            return Ok(Claim::Pending);
        }
        (row.token, row.expires) = (row.token + 1, now + 300);
        Ok(Claim::Granted(Lease::new(key.clone(), row.token)))
    }

    async fn complete(
        &self,
        transaction: &mut Transaction<'_>,
        lease: &Lease,
        answer: Option<&[u8]>,
    ) -> Result<(), LeaseError<Infallible>> {
        transaction.wait().await;
        let row = transaction.tables.handled.get_mut(lease.key().as_str());
        let row = row.filter(|row| row.token == lease.token()).ok_or(LostLease)?;
        row.answer.get_or_insert_with(|| answer.map(Answer::from));
        Ok(())
    }

    async fn release(
        &self,
        transaction: &mut Transaction<'_>,
        lease: &Lease,
    ) -> Result<(), LeaseError<Infallible>> {
        transaction.wait().await;
        let row = transaction.tables.handled.get_mut(lease.key().as_str());
        let row = row.filter(|row| row.token == lease.token() && row.answer.is_none());
        let row = row.ok_or(LostLease)?;
        (row.token, row.expires) = (row.token + 1, 0);
        Ok(())
    }
}

/// A connection of a synchronous driver, which no other thread may use.
#[derive(Default)]
struct Connection(Rows, std::marker::PhantomData<*const ()>);

struct Synchronous;

impl Deduplicate<Connection> for Synchronous {
    type Error = Infallible;

    fn claim(
        &self,
        connection: &mut Connection,
        key: &IdempotencyKey,
    ) -> impl Future<Output = Result<Claim, Infallible>> + Send {
        let known = connection.0.insert(key.as_str().to_owned(), Row::default());
        ready(Ok(match known {
            Some(_) => Claim::Pending,
            None => Claim::Granted(Lease::new(key.clone(), 1)),
        }))
    }

    fn complete(
        &self,
        _: &mut Connection,
        _: &Lease,
        _: Option<&[u8]>,
    ) -> impl Future<Output = Result<(), LeaseError<Infallible>>> + Send {
        ready(Ok(()))
    }

    fn release(
        &self,
        _: &mut Connection,
        _: &Lease,
    ) -> impl Future<Output = Result<(), LeaseError<Infallible>>> + Send {
        ready(Ok(()))
    }
}

/// A consumer: it handles the event and sends the answer in one transaction with the claim.
async fn handle_once<T, D: Deduplicate<T>>(
    seen: &D,
    transaction: &mut T,
    key: &IdempotencyKey,
    handle: impl FnOnce(&mut T) -> String,
) -> Result<Option<Answer>, LeaseError<D::Error>> {
    match seen.claim(transaction, key).await.map_err(LeaseError::Memory)? {
        Claim::Granted(lease) => {
            let answer = handle(transaction);
            seen.complete(transaction, &lease, Some(answer.as_bytes())).await?;
            Ok(Some(answer.into()))
        }
        Claim::Completed(answer) => Ok(answer),
        Claim::Pending => Ok(None),
    }
}

fn send(transaction: &mut Transaction<'_>) -> String {
    transaction.tables.sent.push("sent".into());
    "answer".into()
}

#[test]
fn claim_effects_and_answer_are_committed_together() {
    let database = Database::default();
    let expected = Some(Answer::from("answer".to_owned()));
    // Not committed: nothing happened.
    let mut lost = database.begin();
    assert_eq!(block_on(handle_once(&Handled, &mut lost, &key("a"), send)), Ok(expected.clone()));
    drop(lost);
    assert!(database.sent().is_empty());
    for _ in 0..2 {
        let mut transaction = database.begin();
        let answer = block_on(handle_once(&Handled, &mut transaction, &key("a"), send));
        assert_eq!(answer, Ok(expected.clone()));
        transaction.commit();
        assert_eq!(database.sent(), ["sent"]);
    }
}

#[test]
fn a_late_consumer_rolls_back() {
    let database = Database::default();
    let claim = || {
        let mut transaction = database.begin();
        let claim = block_on(Handled.claim(&mut transaction, &key("a")));
        transaction.commit();
        claim
    };
    let Ok(Claim::Granted(late)) = claim() else { panic!() };
    assert_eq!(claim(), Ok(Claim::Pending));
    database.pass(300);
    let Ok(Claim::Granted(next)) = claim() else { panic!() };
    assert!(next.token() > late.token());
    for lease in [&late, &next] {
        let mut transaction = database.begin();
        let answer = send(&mut transaction);
        let answer = Some(answer.as_bytes());
        match block_on(Handled.complete(&mut transaction, lease, answer)) {
            Ok(()) => transaction.commit(),
            Err(error) => assert_eq!(error, LeaseError::Lost(LostLease)),
        }
    }
    assert_eq!(database.sent(), ["sent"]);
    let released = block_on(Handled.release(&mut database.begin(), &next));
    assert_eq!(released, Err(LeaseError::Lost(LostLease)));
}

#[test]
fn a_shared_window_works_in_any_transaction() {
    let window = Arc::new(Mutex::new(Window::new(10).lease(Duration::from_secs(3600))));
    let database = Database::default();
    let mut transaction = database.begin();
    for _ in 0..2 {
        let answer = block_on(handle_once(&window, &mut transaction, &key("a"), send));
        assert_eq!(answer, Ok(Some(Answer::from("answer".to_owned()))));
        assert_eq!(transaction.tables.sent.len(), 1);
    }
    let Ok(Claim::Granted(lease)) = block_on(window.claim(&mut (), &key("b"))) else { panic!() };
    assert_eq!(block_on(window.claim(&mut (), &key("b"))), Ok(Claim::Pending));
    assert_eq!(block_on(window.release(&mut (), &lease)), Ok(()));
    assert_eq!(block_on(window.release(&mut (), &lease)), Err(LostLease.into()));
}

#[test]
fn futures_can_go_to_another_thread() {
    fn is_send<F: Future + Send>(_: &F) {}
    let database = Database::default();
    let mut transaction = database.begin();
    is_send(&Handled.claim(&mut transaction, &key("a")));
    let mut connection = Connection::default();
    let event = key("a");
    let claim = Synchronous.claim(&mut connection, &event);
    is_send(&claim);
    assert!(matches!(block_on(claim), Ok(Claim::Granted(_))));
    assert_eq!(block_on(Synchronous.claim(&mut connection, &key("a"))), Ok(Claim::Pending));
}
