package dev.tumbler.emulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Tells TLS from plain HTTP by the first byte of a connection, and makes way for the handlers of that. */
// Closing a channel, and what closing makes fail, is waited for by nobody.
@SuppressWarnings("FutureReturnValueIgnored")
final class ProtocolDetector extends ByteToMessageDecoder {
    /** The content type "handshake" of a TLS record, RFC 8446 5.1; no request line can begin with it. */
    private static final int TLS_HANDSHAKE = 22;

    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    private final LazyTls tls;
    private final HttpHandler handler;
    private boolean detected;

    ProtocolDetector(LazyTls tls, HttpHandler handler) {
        this.tls = tls;
        this.handler = handler;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (detected) {
            return;
        }
        detected = true;
        byte first = in.getByte(in.readerIndex());
        if (first != TLS_HANDSHAKE) {
            HttpConnection connection = speakHttp(ctx, null);
            if (!canBeginRequest(first)) {
                connection.refuseAll(ctx);
            }
            return;
        }
        tls.context().whenComplete((context, failure) -> {
            try {
                ctx.executor().execute(() -> {
                    if (context == null) {
                        ConnectionLog.tlsFailed(failure);
                        ctx.close();
                    } else if (!ctx.isRemoved()) {
                        speakHttp(ctx, context);
                    }
                });
            } catch (RejectedExecutionException e) {
                // The server was closed meanwhile, and this connection with it.
                ConnectionLog.lost(e);
            }
        });
    }

    /** A letter of the method, or an empty line before it. Else the decoder would wait for the end of a line. */
    private static boolean canBeginRequest(byte first) {
        return (first > ' ' && first < 0x7F) || first == '\r' || first == '\n';
    }

    private HttpConnection speakHttp(ChannelHandlerContext ctx, @Nullable SSLContext tlsContext) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (tlsContext != null) {
            SSLEngine engine = tlsContext.createSSLEngine();
            engine.setUseClientMode(false);
            pipeline.addLast(new SslHandler(engine));
        }
        HttpConnection connection = new HttpConnection(handler, tlsContext != null);
        pipeline.addLast(
                new HttpRequestDecoder(HttpEngine.MAX_HEAD_BYTES, HttpEngine.MAX_HEAD_BYTES, MAX_CHUNK_BYTES),
                new HttpResponseEncoder(),
                connection);
        // Hands the bytes that were read so far to the handlers behind.
        pipeline.remove(this);
        return connection;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ConnectionLog.lost(cause);
        ctx.close();
    }
}
