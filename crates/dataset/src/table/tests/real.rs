//! The public files, when they lie beside the repository.

use std::fs::File;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::*;
use crate::sample::shared_data;

/// The bytes of a file, unpacked by other means than those under test.
fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        MultiGzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    } else {
        file.read_to_end(&mut bytes).unwrap();
    }
    bytes
}

#[test]
fn public_files_are_reproduced_byte_for_byte() {
    let folders = [
        ("onet-29.3", Layout::TABS, 22),
        ("onet-29.3-text-sample", Layout::TABS, 3),
        ("onet-29.3-resaved-sample", Layout::QUOTED_TABS, 1),
        ("esco-sample", Layout::COMMAS, 17),
        ("oews-2024", Layout::TABS, 1),
    ];
    for (folder, layout, files) in folders {
        let Some(folder) = shared_data(folder) else {
            continue;
        };
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            seen += 1;
            if path.ends_with("Read Me.txt") {
                continue;
            }
            let options = Options {
                pad: 3 * usize::from(path.ends_with("skillsHierarchy_en.csv")),
                ..Options::of(layout)
            };
            let reading = read(&path, &options).unwrap();
            assert_eq!(reading.rejected, [], "{}", path.display());
            assert!(reading.bytes == unpacked(&path), "{}", path.display());
        }
        assert_eq!(seen, files);
    }
}
