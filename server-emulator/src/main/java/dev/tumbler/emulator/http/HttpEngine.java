package dev.tumbler.emulator.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An HTTP/1.1 server on any number of ports, which speaks TLS to those who begin with a TLS byte and plain HTTP to all others.
 * Thread-safe.
 *
 * <p>A connection serves one request at a time; pipelined ones wait and are answered in order. The answer may be completed
 * on any thread. A handler that fails gets its connection closed, without an answer. Nothing of a request or an answer is
 * ever logged: the query, the headers and the bodies hold secrets.
 */
// Closing a channel, and what closing makes fail, is waited for by nobody.
@SuppressWarnings("FutureReturnValueIgnored")
public final class HttpEngine implements AutoCloseable {
    /**
     * The limit of the request line, and again of all headers. Official SDKs put every parameter into the query: a secret
     * of 30,720 bytes of Chinese text makes 92,160 characters of it, and with a full {@code Policy} beside it 190,000.
     */
    static final int MAX_HEAD_BYTES = 512 * 1024;

    /** The limit of a body: several times what the same parameters take in a form, and little to hold in memory. */
    static final int MAX_BODY_BYTES = 1024 * 1024;

    /** Longer than the pauses of the SDKs' connection pools, short enough to forget clients that went away silently. */
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    /** One to accept and serve, one more so that a TLS handshake does not delay plain connections. */
    private static final int EVENT_LOOPS = 2;

    private static final int BACKLOG = 1024;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final InetAddress bind;
    private final Duration idleTimeout;
    private final TrackedThreads threads = new TrackedThreads("tumbler-http-");
    private final EventLoopGroup eventLoops;
    private final LazyTls tls;

    // Once closed, they close what is added late.
    private final ChannelGroup servers = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private final AtomicBoolean closing = new AtomicBoolean();

    /** That of {@link #start}. */
    private volatile int firstPort;

    // Netty 4.2 has a newer class, which 4.1 lacks; a user's classpath may hold either.
    @SuppressWarnings("deprecation")
    private HttpEngine(InetAddress bind, CertificateAuthority ca, Duration idleTimeout) {
        this.bind = bind;
        this.idleTimeout = idleTimeout;
        this.eventLoops = new NioEventLoopGroup(EVENT_LOOPS, threads);
        this.tls = new LazyTls(() -> ca.serverContext(bind), threads);
    }

    /**
     * Starts a server; it accepts connections when this returns.
     *
     * @param port 0 for any free one
     * @param ca signs the certificate for TLS, when the first client asks for TLS
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static HttpEngine start(InetAddress bind, int port, CertificateAuthority ca, HttpHandler handler) {
        return start(bind, port, ca, handler, IDLE_TIMEOUT);
    }

    static HttpEngine start(
            InetAddress bind, int port, CertificateAuthority ca, HttpHandler handler, Duration idleTimeout) {
        HttpEngine engine = new HttpEngine(bind, ca, idleTimeout);
        try {
            engine.firstPort = engine.listen(port, handler);
        } catch (UncheckedIOException e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    /** The port that it was started on. */
    public int port() {
        return firstPort;
    }

    /**
     * Serves one more port, on the same address and threads; it accepts connections when this returns.
     *
     * @param port 0 for any free one
     * @return the port that it listens on
     * @throws UncheckedIOException if the address cannot be bound
     */
    public int listen(int port, HttpHandler handler) {
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // Pools pay off after minutes under load, and cost start-up time and memory at once.
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Read on demand: a connection with a request in work reads no further.
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(
                                        new IdleStateHandler(0, 0, idleTimeout.toMillis(), TimeUnit.MILLISECONDS),
                                        new ProtocolDetector(tls, handler));
                    }
                })
                .bind(bind, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(
                    "Cannot listen on " + bind.getHostAddress() + " port " + port,
                    new IOException(bound.cause().getMessage(), bound.cause()));
        }
        servers.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /**
     * Stops: closes all connections, unfinished answers are lost. When it returns, the ports are free and no thread of the
     * server is left, unless the calling thread is one of them or is interrupted: then it does not wait. (Netty's own
     * {@code globalEventExecutor}, which the JVM has once, ends by itself after a second.) Calling it again does nothing.
     */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            // The listening sockets, then the connections, then the loops. An event loop of Netty 4.2 that is told to
            // end
            // without a quiet period can leave its sockets open, and logs the connections that it can take no more.
            servers.close()
                    .addListener(deaf -> connections
                            .close()
                            .addListener(empty ->
                                    eventLoops.shutdownGracefully(0, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)));
        }
        threads.join(STOP_TIMEOUT);
    }
}
