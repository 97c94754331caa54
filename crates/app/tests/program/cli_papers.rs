//! `thidua papers` as a shell sees it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn certificates(list: &Path, out: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thidua"))
        .args(["papers", "certificates", "--format", "json", "--list"])
        .arg(list)
        .arg("--out")
        .arg(out)
        .args(more)
        .output()
        .expect("the binary runs")
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

const COMMON: [&str; 10] = [
    "--authority",
    "CHÁNH VĂN PHÒNG",
    "--place",
    "Sơn La",
    "--decided-on",
    "2027-02-05",
    "--capacity",
    "CHÁNH VĂN PHÒNG",
    "--signer",
    "Nguyễn Văn Đạt",
];

#[test]
fn a_list_becomes_one_pdf_a_row_and_a_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    fs::write(&list, "Họ và tên,Thành tích\nBà Đỗ Thị Ánh,Xuất sắc\nÔng Lò Văn Bình,Xuất sắc\n").unwrap();
    let out = folder.path().join("out");
    let done = certificates(&list, &out, &[&COMMON[..], &["--bundle", "all.pdf"]].concat());
    let answer = answer(&done);
    assert_eq!((done.status.code(), &answer["count"]), (Some(0), &json!(2)));
    assert_eq!(answer["files"], json!(["001-ba-do-thi-anh.pdf", "002-ong-lo-van-binh.pdf"]));
    assert!(answer["pages_per_second"].as_f64().unwrap() > 0.0);
    for file in ["001-ba-do-thi-anh.pdf", "002-ong-lo-van-binh.pdf", "all.pdf"] {
        assert!(fs::read(out.join(file)).unwrap().starts_with(b"%PDF-1.7"), "{file}");
    }
}

#[test]
fn a_list_with_faults_writes_nothing_and_names_row_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    fs::write(&list, "Họ và tên,Thành tích,Ngày quyết định\nA,Tốt,31/02/2027\nB,,1/2/2027\n").unwrap();
    let out = folder.path().join("out");
    let refused = certificates(&list, &out, &COMMON);
    assert_eq!(refused.status.code(), Some(1));
    let faults = answer(&refused)["faults"].clone();
    assert_eq!((&faults[0]["row"], &faults[0]["column"]), (&json!(2), &json!("Ngày quyết định")));
    assert_eq!((&faults[1]["row"], &faults[1]["letters"]), (&json!(3), &json!("B")));
    assert!(!out.exists());
}

#[test]
fn measured_places_of_an_office_can_be_shown_changed_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    fs::write(&list, "Họ và tên,Thành tích\nBà Đỗ Thị Ánh,Xuất sắc\n").unwrap();
    let out = folder.path().join("out");
    let shown = certificates(&list, &out, &["--stock", "preprinted", "--show-places"]);
    let mut places = answer(&shown);
    places["spots"]["recipient"]["baseline"] = json!(99.5);
    let file = folder.path().join("places.json");
    fs::write(&file, places.to_string()).unwrap();
    let file = file.display().to_string();
    let done = certificates(&list, &out, &[&COMMON[..], &["--places", &file]].concat());
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let shown = answer(&certificates(&list, &out, &["--places", &file, "--show-places"]));
    assert_eq!(shown["spots"]["recipient"]["baseline"], json!(99.5));
}

#[test]
fn a_list_that_is_not_there_is_wrong_use() {
    let folder = tempfile::tempdir().unwrap();
    let absent = certificates(&folder.path().join("absent.csv"), folder.path(), &COMMON);
    assert_eq!(absent.status.code(), Some(2));
}
