//! What ends a server: a signal, or the end of standard input.

use std::future::pending;
use std::io;
use std::thread;

use tokio::sync::oneshot;

/// An end to be waited for.
///
/// From [`prepare`](Self::prepare) on, no signal that ends the server ends the process by itself, so that nothing is
/// left behind whenever one comes. A second one changes nothing: the end is under way, and has deadlines of its own.
#[derive(Debug)]
pub(crate) struct Ending {
    signals: Signals,
    stdin: Option<oneshot::Receiver<()>>,
}

impl Ending {
    /// Catches the signals, and reads standard input where its end counts.
    pub(crate) fn prepare(with_stdin: bool) -> io::Result<Self> {
        Ok(Self { signals: Signals::catch()?, stdin: with_stdin.then(end_of_stdin).transpose()? })
    }

    /// Gives the signal's number, if it was one.
    pub(crate) async fn wait(mut self) -> Option<u8> {
        let stdin = async {
            match self.stdin {
                Some(ended) => drop(ended.await),
                None => pending().await,
            }
        };
        tokio::select! {
            signal = self.signals.one() => Some(signal),
            () = stdin => None,
        }
    }
}

/// SIGTERM and SIGINT.
#[cfg(unix)]
#[derive(Debug)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn catch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn one(&mut self) -> u8 {
        tokio::select! {
            _ = self.terminate.recv() => 15,
            _ = self.interrupt.recv() => 2,
        }
    }
}

/// Ctrl-C.
#[cfg(windows)]
#[derive(Debug)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn catch() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn one(&mut self) -> u8 {
        self.0.recv().await;
        2
    }
}

/// Ready when standard input has ended. The thread ends with the process: a read of standard input cannot be broken
/// off.
fn end_of_stdin() -> io::Result<oneshot::Receiver<()>> {
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new().name("stdin".to_owned()).spawn(move || {
        // What cannot be read has ended.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = sender.send(());
    })?;
    Ok(receiver)
}
