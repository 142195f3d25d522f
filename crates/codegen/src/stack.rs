//! Room for recursion: schemas are read along their references, and a way through many definitions needs more stack
//! than the main thread of a build script or the thread of a test has.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Stack of the thread, in bytes. Only what is used of it takes memory.
const SIZE: usize = 256 << 20;

/// Maximum number of schemas on a way along references and into properties and items.
pub(crate) const MAX_LEVELS: usize = 2_000;

/// Runs `act` on a thread with a large stack, or on this one if the system starts none.
pub(crate) fn with_room<T: Send>(act: impl Fn() -> T + Sync) -> T {
    scope(|scope| match Builder::new().stack_size(SIZE).spawn_scoped(scope, &act) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => act(),
    })
}
