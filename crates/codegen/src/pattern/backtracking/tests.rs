use super::translate;

/// Matching texts and others agree with an engine for ECMA-262.
#[test]
fn matches_agree_with_ecma_262() {
    let patterns = [
        r"^(?!urn:reserved:)",
        r"^(?!x-).+$",
        r"^(?=.*\d)(?=.*[a-z]).{4,8}$",
        r"(?<=\$)\d+(?!\.)",
        r"(?<!a)b",
        r"(?<=a+)b",
        r"(?<!^|-)foo",
        r#"^(['"])[^'"]*\1$"#,
        r"^(?<mark>[*_]).+?\k<mark>$",
        r"^(?:(a|b)\1)+$",
        r"^(?!.*(.)\1)\w+$",
        r"\bfoo\b(?!-)",
        r"\Bo(?=o)",
        r"(?=\W)[\D\s]",
        r"^(?![\W\d_])[^\W]+$",
        r"^(?!a)[^]$",
        r"^(?=é)\u00e9\x41?$",
        r"^(?!$)[a\-&&~^]*$",
        r"(?!\v)\s$",
        r"^((?:x|y)(?=z)|w)\1z?$",
        r"(?=a)[]|b",
        r"^(\d)\10$",
    ];
    let texts = [
        "",
        "a",
        "b",
        "ab",
        "aa",
        "abba",
        "aabb",
        "urn:reserved:x",
        "urn:other",
        "x-a",
        "xa",
        "$12",
        "$12.5",
        "12",
        "'a'",
        "'a\"",
        "\"\"",
        "*a*",
        "*a_",
        "_a_b_",
        "abc1",
        "abcd",
        "1234abcde",
        "foo",
        "foo-bar",
        "a foo b",
        "éfooé",
        "oo",
        "é",
        "éA",
        "١",
        " ",
        "-",
        "a-&~^",
        "\u{b}",
        "\u{2028}",
        "\n",
        "xx",
        "xxz",
        "ww",
        "wwz",
        "aba",
        "00",
        "110",
        "11",
        "ſ",
    ];
    for pattern in patterns {
        let oracle = regress::Regex::with_flags(pattern, "u");
        let ours = translate(pattern);
        let (Ok(oracle), Ok(ours)) = (&oracle, &ours) else {
            // A pattern that is not ECMA-262 (no tenth group) has no translation.
            assert!(oracle.is_err() && ours.is_err(), "{pattern} {ours:?}");
            continue;
        };
        let ours = fancy_regex::Regex::new(ours).unwrap();
        for text in texts {
            let expected = oracle.find(text).is_some();
            assert_eq!(ours.is_match(text).unwrap(), expected, "{pattern} {text:?} {ours}");
        }
    }
}

#[test]
fn differing_meanings_are_refused() {
    for pattern in [
        r"(?:(a)|b)\1",
        r"(a)?\1",
        r"\1(a)",
        r"(a\1)",
        r"(a)|\1",
        r"((a)|b)\2",
        r"(?<=(a)\1)b",
        r"(?=a)*",
        r"(?=a)b++",
        r"(?=a)b{,2}",
        r"(?=a)[a--b]",
        r"(?=a",
        r"(?=a))",
        r"(?i:a)(?=b)",
        r"(?=a)\K",
        r"(?<a>x)\k<b>",
        r"(?>a)",
    ] {
        assert!(translate(pattern).is_err(), "{pattern}");
    }
}
