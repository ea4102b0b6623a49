// swift-tools-version: 6.1
import Foundation
import PackageDescription

// CI sets TENOR_WARNINGS_AS_ERRORS; a plain build stays forgiving while somebody is in the middle of a change.
let strict = Context.environment["TENOR_WARNINGS_AS_ERRORS"] != nil
let house: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

/// Every SQL file of `Migrations/`, so that a new migration is embedded without a second list to keep.
let migrations: [Resource] =
  ((try? FileManager.default.contentsOfDirectory(atPath: Context.packageDirectory + "/Migrations")) ?? [])
  .filter { $0.hasSuffix(".sql") }
  .sorted()
  .map { .embedInCode($0) }

let package = Package(
  name: "tenor",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "tenor", targets: ["tenor"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Ground floor: no input or output, no clock, no database.
    .target(name: "TermsModel", swiftSettings: house),
    .target(
      name: "TermsParsing",
      dependencies: ["TermsModel", .product(name: "Yams", package: "Yams")],
      swiftSettings: house),
    .target(name: "Redlining", dependencies: ["TermsModel"], swiftSettings: house),
    .target(name: "Materiality", dependencies: ["TermsModel", "Redlining"], swiftSettings: house),
    .target(name: "Binding", dependencies: ["TermsModel", "Redlining"], swiftSettings: house),
    .target(
      name: "Transparency",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house),

    // First floor: one file an act, and the ports it needs.
    .target(
      name: "TermsOperations",
      dependencies: ["TermsModel", "TermsParsing", "Redlining", "Materiality", "Binding", "Transparency"],
      swiftSettings: house),

    // Second floor: the world outside.
    .target(
      name: "Schema",
      path: "Migrations",
      resources: migrations,
      swiftSettings: house),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "TermsStore",
      dependencies: [
        "CZlib", "TermsModel", "TermsOperations", "Binding", "Transparency", "Schema",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: house),
    .target(name: "ChildPrograms", swiftSettings: house),
    .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .target(name: "CGMimeShim", dependencies: ["CGMime"]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CCurlShim", dependencies: ["CCurl"]),
    .target(
      name: "NoticeMail",
      dependencies: [
        "CCurlShim", "CGMime", "CGMimeShim", "ChildPrograms", "TermsModel", "Redlining", "Transparency",
        "TermsOperations",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .systemLibrary(
      name: "CMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .target(
      name: "TermsWeb",
      dependencies: [
        "CMarkGFM", "TermsModel", "TermsParsing", "Redlining", "Binding", "Transparency", "TermsOperations",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: house),

    // Roof: commands and the composition root.
    .target(
      name: "TenorCLI",
      dependencies: [
        "TermsModel", "TermsParsing", "Redlining", "Materiality", "Binding", "Transparency", "TermsOperations",
        "TermsStore", "ChildPrograms", "NoticeMail", "TermsWeb",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: house),
    .executableTarget(
      name: "tenor",
      dependencies: ["TenorCLI", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: house),
    // Benchmarks, and the laboratory in which the classifier's weights are made.
    .executableTarget(
      name: "redline-runner", dependencies: ["TermsModel", "TermsParsing", "Redlining"],
      path: "Benchmarks/redline-runner", swiftSettings: house),
    .executableTarget(
      name: "binding-answer", dependencies: ["TermsModel", "Binding"], path: "Benchmarks/binding-answer",
      swiftSettings: house),
    .executableTarget(
      name: "record-benchmark",
      dependencies: [
        "TermsModel", "TermsOperations", "TermsStore", "Transparency", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Benchmarks/record-benchmark", swiftSettings: house),
    .executableTarget(
      name: "materiality-lab", dependencies: ["TermsModel", "TermsParsing", "Redlining", "Materiality"],
      path: "Scripts/materiality-lab", swiftSettings: house),

    // Tests, from the ground floor up; the last ones run the program itself.
    .target(name: "ThreadClock", path: "Tests/ThreadClock", swiftSettings: house),
    .target(name: "TemporaryFolder", path: "Tests/TemporaryFolder", swiftSettings: house),
    .target(name: "OwnThreads", path: "Tests/OwnThreads", swiftSettings: house),
    .target(name: "Loopback", path: "Tests/Loopback", swiftSettings: house),
    .target(
      name: "HookReceiver", dependencies: ["OwnThreads", .product(name: "Hummingbird", package: "hummingbird")],
      path: "Tests/HookReceiver", swiftSettings: house),
    .testTarget(name: "TermsModelTests", dependencies: ["TermsModel", "ThreadClock"], swiftSettings: house),
    .testTarget(
      name: "TermsParsingTests", dependencies: ["TermsModel", "TermsParsing", "ThreadClock"], swiftSettings: house),
    .testTarget(
      name: "RedliningTests", dependencies: ["TermsModel", "TermsParsing", "Redlining", "ThreadClock"],
      swiftSettings: house),
    .testTarget(
      name: "MaterialityTests",
      dependencies: ["TermsModel", "TermsParsing", "Redlining", "Materiality", "ThreadClock"],
      swiftSettings: house),
    .testTarget(name: "BindingTests", dependencies: ["TermsModel", "Redlining", "Binding"], swiftSettings: house),
    .testTarget(
      name: "TransparencyTests", dependencies: ["Transparency", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house),
    .testTarget(
      name: "TermsOperationsTests",
      dependencies: [
        "TermsModel", "TermsParsing", "Redlining", "Binding", "Transparency", "TermsOperations", "TermsStore",
        "NoticeMail",
      ],
      swiftSettings: house),
    .testTarget(
      name: "TermsStoreTests",
      dependencies: [
        "TemporaryFolder", "TermsModel", "Redlining", "TermsOperations", "TermsStore", "Schema", "Transparency",
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "NoticeMailTests",
      dependencies: [
        "HookReceiver", "Loopback", "TermsModel", "Redlining", "Transparency", "TermsOperations", "ChildPrograms",
        "NoticeMail",
      ],
      swiftSettings: house),
    .testTarget(name: "ChildProgramsTests", dependencies: ["ChildPrograms"], swiftSettings: house),
    .testTarget(
      name: "TermsWebTests",
      dependencies: [
        "Loopback", "OwnThreads", "TemporaryFolder", "TermsWeb", "TermsModel", "TermsOperations", "TermsStore",
        "Redlining", "Binding", "Transparency",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "TenorCLITests",
      dependencies: [
        "Redlining", "TemporaryFolder", "TenorCLI", "TermsModel", "TermsOperations", "TermsParsing", "Transparency",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "ChildPrograms",
      ],
      swiftSettings: house),
    .testTarget(name: "AcceptanceTests", dependencies: ["tenor", "HookReceiver", "Loopback"], swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
