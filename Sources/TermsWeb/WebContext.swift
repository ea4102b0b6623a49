internal import Hummingbird
internal import NIOCore

/// What is known of a request beside its own words.
struct WebContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    remoteAddress = source.channel.remoteAddress
  }

  /// The largest body that is read: a long text of terms, several times over.
  static let mostBodyBytes = 4 * 1024 * 1024
  /// For how many seconds a body may come in.
  var patience = WebSettings.usualPatience
  var maxUploadSize: Int { Self.mostBodyBytes }
}
