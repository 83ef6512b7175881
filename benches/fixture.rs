//! What a fixture costs a test: starting and dropping it, and a whole small test with it.

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use ftp_fixture::FtpFixture;
use suppaftp::FtpStream;
use suppaftp::types::FileType;

fn start_and_drop(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start and drop");
    // The floor: what a listener and a thread with a runtime cost without any of ours.
    group.bench_function("std listener, thread, tokio runtime", |bencher| {
        bencher.iter(|| {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            std::thread::spawn(move || drop(runtime)).join().unwrap();
            black_box(listener);
        });
    });
    group.bench_function("in memory", |bencher| {
        bencher.iter(|| black_box(FtpFixture::builder().in_memory().start()));
    });
    group.bench_function("temporary directory", |bencher| {
        bencher.iter(|| black_box(FtpFixture::start()));
    });
    group.finish();
}

fn whole_test(criterion: &mut Criterion) {
    let content = vec![b'x'; 1024];
    let mut group = criterion.benchmark_group("whole test");
    // Each leaves four connections in TIME_WAIT for a minute: with thousands of them, it is the search for free ports
    // that would be measured.
    group
        .sample_size(30)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(600));
    group.bench_function("start, login, STOR and RETR of 1 KiB, LIST, QUIT, transcript, drop", |bencher| {
        bencher.iter(|| {
            let ftp = FtpFixture::start();
            let mut client = FtpStream::connect(ftp.addr()).unwrap();
            client.login(ftp.user(), ftp.password()).unwrap();
            client.transfer_type(FileType::Binary).unwrap();
            client.put_file("a.bin", &mut Cursor::new(&content)).unwrap();
            assert_eq!(client.retr_as_buffer("a.bin").unwrap().into_inner().len(), content.len());
            assert_eq!(client.list(None).unwrap().len(), 1);
            client.quit().unwrap();
            black_box(ftp.transcript());
        });
    });
    group.finish();
}

criterion_group!(benches, start_and_drop, whole_test);
criterion_main!(benches);
