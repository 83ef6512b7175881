//! Work that a signal may end at any moment, also while it waits for a server, a disk or a pipe.

use std::panic::resume_unwind;
use std::thread;

use tokio::sync::oneshot;

use crate::ending::Ending;
use crate::failure::Failure;

/// Does `work` on a thread of its own, and gives its outcome. After a signal, `clean_up` is done instead, and says
/// how things are; the thread ends with the process.
pub(crate) fn unless_interrupted(
    work: impl FnOnce() -> Result<(), Failure> + Send + 'static,
    clean_up: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(Failure::new)?;
    runtime.block_on(async {
        let ending = Ending::prepare(false).map_err(Failure::new)?;
        let (done, outcome) = oneshot::channel();
        // Nobody may be there to hear it.
        let worker =
            thread::Builder::new().name("transfer".to_owned()).spawn(move || drop(done.send(work())));
        let worker = worker.map_err(Failure::new)?;
        tokio::select! {
            outcome = outcome => match (outcome, worker.join()) {
                (Ok(outcome), _) => outcome,
                (Err(_), Err(panic)) => resume_unwind(panic),
                (Err(_), Ok(())) => unreachable!("the thread says how it ended"),
            },
            signal = ending.wait() => Err(Failure::of_signal(clean_up(), signal.unwrap_or_default())),
        }
    })
}
