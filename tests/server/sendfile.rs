//! Files that the kernel sends by itself, on a server that records nothing.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use ftp_fixture::auth::{DummyAuthorizer, User};
use ftp_fixture::proto::{FileInfo, Pathname};
use ftp_fixture::server::{FtpHandler, FtpServer};
use ftp_fixture::vfs::{self, DirEntry, DiskFs, FileSystem, FsError, OpenMode};
use tokio::sync::oneshot;

use crate::streams::reset;
use crate::wire::Wire;

/// More than the kernel keeps for one connection.
const LARGE: usize = 32 * 1024 * 1024;

/// A server on a thread of its own; dropped, it ends.
struct Server {
    address: SocketAddr,
    thread: Option<thread::JoinHandle<()>>,
    stop: Option<oneshot::Sender<()>>,
}

impl Server {
    fn start(file_system: impl FileSystem + 'static, change: impl FnOnce(FtpHandler) -> FtpHandler) -> Self {
        let mut authorizer = DummyAuthorizer::new();
        authorizer.add_user(User::new("ada", "pw").perms("elradfmwMT")).unwrap();
        let handler =
            FtpHandler::default().authorizer(Arc::new(authorizer)).file_system(Arc::new(file_system));
        let mut server = FtpServer::bind("127.0.0.1:0", change(handler)).unwrap();
        let address = server.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(server.serve_until(async { drop(stopped.await) })).unwrap();
        });
        Self { address, thread: Some(thread), stop: Some(stop) }
    }

    #[track_caller]
    fn log_in(&self) -> Wire {
        let mut wire = Wire::connect_silently(self.address);
        wire.expect_reply(220);
        wire.log_in_as("ada", "pw");
        wire.expect(200, "TYPE I");
        wire
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Bytes with every value and without a short period.
fn binary(size: usize) -> Vec<u8> {
    (0..size).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

fn root_with(content: &[u8]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a"), content).unwrap();
    root
}

/// A directory whose files can be sent but not read.
#[derive(Debug)]
struct Unreadable(File);

impl Unreadable {
    fn open(root: &Path) -> Self {
        Self(File::open(root.join("a")).unwrap())
    }
}

impl vfs::File for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> Result<usize, FsError> {
        Err(FsError::PermissionDenied)
    }

    fn write_all(&mut self, _: &[u8]) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }

    fn size(&self) -> Result<u64, FsError> {
        Ok(self.0.metadata()?.len())
    }

    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        Some(self.0.as_fd())
    }
}

impl FileSystem for Unreadable {
    fn jail(&self, _: &Pathname) -> Result<Arc<dyn FileSystem>, FsError> {
        Ok(Arc::new(Self(self.0.try_clone()?)))
    }

    fn resolve(&self, path: &Pathname) -> Result<Pathname, FsError> {
        Ok(path.clone())
    }

    fn open(&self, _: &Pathname, mode: OpenMode) -> Result<Box<dyn vfs::File>, FsError> {
        let OpenMode::Read { offset } = mode else { return Err(FsError::ReadOnly) };
        let mut file = self.0.try_clone()?;
        file.seek(SeekFrom::Start(offset))?;
        Ok(Box::new(Self(file)))
    }

    fn info(&self, _: &Pathname) -> Result<FileInfo, FsError> {
        Err(FsError::NotFound)
    }

    fn link_info(&self, _: &Pathname) -> Result<FileInfo, FsError> {
        Err(FsError::NotFound)
    }

    fn list(&self, _: &Pathname) -> Result<Vec<DirEntry>, FsError> {
        Ok(Vec::new())
    }

    fn create_unique(&self, _: &Pathname, _: &str) -> Result<(Pathname, Box<dyn vfs::File>), FsError> {
        Err(FsError::ReadOnly)
    }

    fn create_directory(&self, _: &Pathname) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }

    fn remove_directory(&self, _: &Pathname) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }

    fn remove_file(&self, _: &Pathname) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }

    fn rename(&self, _: &Pathname, _: &Pathname) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }

    fn set_modified(&self, _: &Pathname, _: SystemTime) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }

    fn set_mode(&self, _: &Pathname, _: u32) -> Result<(), FsError> {
        Err(FsError::ReadOnly)
    }
}

#[test]
fn a_binary_file_need_not_be_read() {
    let root = root_with(b"0123456789");
    let server = Server::start(Unreadable::open(root.path()), |handler| handler);
    let mut wire = server.log_in();
    assert_eq!(wire.download("RETR a"), b"0123456789");
    wire.expect(350, "REST 4");
    assert_eq!(wire.download("RETR a"), b"456789");
    wire.expect(350, "REST 10");
    assert_eq!(wire.download("RETR a"), b"");
}

#[test]
fn text_is_read_and_so_is_everything_without_sendfile() {
    let root = root_with(b"0123456789");
    for use_sendfile in [false, true] {
        let file_system = Unreadable::open(root.path());
        let server = Server::start(file_system, |handler| handler.use_sendfile(use_sendfile));
        let mut wire = server.log_in();
        if use_sendfile {
            wire.expect(200, "TYPE A");
        }
        let mut data = wire.data();
        wire.expect(150, "RETR a");
        assert_eq!(data.read(&mut [0]).unwrap(), 0);
        wire.expect_reply(451);
    }
}

#[test]
fn the_same_bytes_come_either_way() {
    for size in [0, 1, 256 * 1024, 256 * 1024 + 1, LARGE] {
        let content = binary(size);
        let root = root_with(&content);
        for use_sendfile in [false, true] {
            let file_system = DiskFs::open(root.path()).unwrap();
            let server = Server::start(file_system, |handler| handler.use_sendfile(use_sendfile));
            let mut wire = server.log_in();
            assert!(wire.download("RETR a") == content, "{size} bytes");
            wire.expect(350, &format!("REST {}", size / 3));
            assert!(wire.download("RETR a") == content[size / 3..], "{size} bytes from a third on");
        }
    }
}

#[test]
fn a_client_that_wants_no_more_is_not_served_any_longer() {
    let root = root_with(&vec![b'x'; LARGE]);
    let server = Server::start(DiskFs::open(root.path()).unwrap(), |handler| handler);
    let mut wire = server.log_in();
    let mut data = wire.data();
    wire.expect(150, "RETR a");
    data.read_exact(&mut [0; 1000]).unwrap();
    reset(data);
    wire.expect_reply(426);

    let mut data = wire.data();
    wire.expect(150, "RETR a");
    data.read_exact(&mut [0; 1000]).unwrap();
    wire.expect(426, "ABOR");
    wire.expect_reply(226);
    drop(data);
    assert_eq!(wire.download("RETR a").len(), LARGE);
}
