package dev.tumbler.emulator.http;

import dev.tumbler.emulator.http.HttpHandler.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: collects requests, hands them over one at a time, writes the answers in their order. Confined to the
 * event loop of its channel.
 *
 * <p>Netty's {@code HttpObjectAggregator} and {@code FlowControlHandler} would do most of it, but the one answers what it
 * refuses by itself, and the other logs the requests that it holds.
 */
// Closing a channel, and what closing makes fail, is waited for by nobody.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    /**
     * How long a refused client may go on sending. A socket that is closed with unread bytes in it sends a reset, and
     * that can overtake the answer.
     */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final byte[] GARBAGE = "\0\1\2 this is no HTTP \r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final HttpHandler handler;
    private final boolean secure;

    /** Complete, and not yet handed over; at most as many as one read from the socket holds, while one is in work. */
    private final Queue<Inbound> waiting = new ArrayDeque<>();

    private @Nullable Head head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean continueOwed;
    /** Nothing more is accepted; what still comes is read and dropped. */
    private boolean inputEnded;

    private boolean inHandler;
    private boolean answering;
    private boolean proceeding;

    HttpConnection(HttpHandler handler, boolean secure) {
        this.handler = handler;
        this.secure = secure;
    }

    /** Refuses the connection, whatever comes. */
    void refuseAll(ChannelHandlerContext neighbour) {
        refuse(Refusal.MALFORMED);
        proceed(neighbour.pipeline().context(this));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (inputEnded) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            boolean tooLong = head == null && part.decoderResult().cause() instanceof TooLongFrameException;
            refuse(tooLong ? Refusal.HEAD_TOO_LARGE : Refusal.MALFORMED);
            return;
        }
        if (part instanceof io.netty.handler.codec.http.HttpRequest request) {
            begin(request);
        }
        if (part instanceof HttpContent content && head != null) {
            append(content.content());
        }
        if (part instanceof LastHttpContent && head != null) {
            complete(ctx, head);
        }
    }

    private void begin(io.netty.handler.codec.http.HttpRequest request) {
        Optional<RequestTarget> target = RequestTarget.parse(request.uri());
        if (target.isEmpty() || !isSupported(request.protocolVersion()) || !hasReadableBody(request)) {
            refuse(Refusal.MALFORMED);
        } else if (HttpUtil.getContentLength(request, 0L) > HttpEngine.MAX_BODY_BYTES) {
            refuse(Refusal.BODY_TOO_LARGE);
        } else {
            continueOwed = HttpUtil.is100ContinueExpected(request);
            head = new Head(
                    request.method().name().toUpperCase(Locale.ROOT),
                    target.get(),
                    request.protocolVersion(),
                    HttpUtil.isKeepAlive(request),
                    headers(request));
        }
    }

    private static boolean isSupported(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    /** With any other transfer coding the end of the body is unknown, and it would be read as the next request. */
    private static boolean hasReadableBody(io.netty.handler.codec.http.HttpRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
    }

    private static Map<String, String> headers(io.netty.handler.codec.http.HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue(),
                        (first, next) -> first + "," + next));
        return headers;
    }

    private void append(ByteBuf content) {
        if (body.size() + content.readableBytes() > HttpEngine.MAX_BODY_BYTES) {
            refuse(Refusal.BODY_TOO_LARGE);
        } else {
            body.writeBytes(ByteBufUtil.getBytes(content));
        }
    }

    private void complete(ChannelHandlerContext ctx, Head complete) {
        HttpRequest request = new HttpRequest(
                complete.method(),
                complete.target().path(),
                complete.target().rawQuery(),
                complete.headers(),
                body.toByteArray(),
                secure,
                remoteAddress(ctx));
        waiting.add(new Inbound.Complete(request, complete.version(), complete.keepAlive()));
        inputEnded = !complete.keepAlive();
        forgetPart();
    }

    private static String remoteAddress(ChannelHandlerContext ctx) {
        InetSocketAddress address = ((SocketChannel) ctx.channel()).remoteAddress();
        // There is none once the client has gone.
        return address == null ? "" : address.getAddress().getHostAddress();
    }

    /** The answer waits for those to the requests before. */
    private void refuse(Refusal refusal) {
        waiting.add(new Inbound.Refused(refusal));
        inputEnded = true;
        forgetPart();
    }

    private void forgetPart() {
        head = null;
        body = new ByteArrayOutputStream();
        continueOwed = false;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        proceed(ctx);
    }

    private void proceed(ChannelHandlerContext ctx) {
        if (proceeding) {
            // An answer that was complete at once: the loop below goes on, where a call would nest as deep as requests
            // were pipelined.
            return;
        }
        proceeding = true;
        while (!answering && !waiting.isEmpty()) {
            serve(ctx, waiting.remove());
        }
        proceeding = false;
        if (answering) {
            return;
        }
        if (continueOwed) {
            continueOwed = false;
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        ctx.read();
    }

    private void serve(ChannelHandlerContext ctx, Inbound inbound) {
        if (!ctx.channel().isActive()) {
            return;
        }
        answering = true;
        if (inbound instanceof Inbound.Complete complete) {
            handle(ctx, complete);
        } else if (inbound instanceof Inbound.Refused refused) {
            answerRefusal(ctx, refused.refusal());
        }
    }

    private void handle(ChannelHandlerContext ctx, Inbound.Complete complete) {
        inHandler = true;
        CompletionStage<HttpResponse> stage;
        try {
            stage = Objects.requireNonNull(handler.handle(complete.request()));
        } catch (RuntimeException | Error e) {
            fail(ctx, e);
            return;
        }
        stage.whenComplete((response, failure) -> onEventLoop(ctx, () -> {
            if (failure != null) {
                fail(ctx, failure);
            } else if (response == null || response.delivery().delay().isZero()) {
                deliver(ctx, complete, response);
            } else {
                ctx.executor()
                        .schedule(
                                () -> deliver(ctx, complete, response),
                                response.delivery().delay().toNanos(),
                                TimeUnit.NANOSECONDS);
            }
        }));
    }

    private void deliver(ChannelHandlerContext ctx, Inbound.Complete complete, @Nullable HttpResponse response) {
        inHandler = false;
        switch (response == null ? Delivery.Form.WHOLE : response.delivery().form()) {
            case WHOLE -> answer(ctx, complete, response);
            case TORN -> tear(ctx, Objects.requireNonNull(response));
            case GARBAGE ->
                // Past the encoder, which writes HTTP only.
                ctx.pipeline()
                        .context(HttpResponseEncoder.class)
                        .writeAndFlush(Unpooled.wrappedBuffer(GARBAGE))
                        .addListener(ChannelFutureListener.CLOSE);
            case NOTHING -> ctx.close();
            case RESET -> reset(ctx);
        }
    }

    private static void tear(ChannelHandlerContext ctx, HttpResponse response) {
        FullHttpResponse whole = message(response, false);
        int length = Math.max(1, response.body().length);
        DefaultHttpResponse head = new DefaultHttpResponse(whole.protocolVersion(), whole.status(), whole.headers());
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        ctx.write(head);
        ctx.writeAndFlush(new DefaultHttpContent(whole.content().slice(0, response.body().length / 2)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static void reset(ChannelHandlerContext ctx) {
        ((SocketChannel) ctx.channel()).config().setSoLinger(0);
        // Past TLS, which would say goodbye first.
        ctx.pipeline().firstContext().close();
    }

    private static void onEventLoop(ChannelHandlerContext ctx, Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
            return;
        }
        try {
            ctx.executor().execute(task);
        } catch (RejectedExecutionException e) {
            // The server was closed meanwhile, and this connection with it: nothing that the handler could act on.
            ConnectionLog.lost(e);
        }
    }

    private void answer(ChannelHandlerContext ctx, Inbound.Complete complete, @Nullable HttpResponse response) {
        FullHttpResponse message;
        boolean keepAlive;
        try {
            message = message(
                    Objects.requireNonNull(response),
                    complete.request().method().equals("HEAD"));
            keepAlive = complete.keepAlive()
                    && !message.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
            HttpUtil.setKeepAlive(message.headers(), complete.version(), keepAlive);
        } catch (RuntimeException e) {
            fail(ctx, e);
            return;
        }
        ctx.writeAndFlush(message).addListener((ChannelFuture written) -> {
            if (!written.isSuccess()) {
                lose(ctx, written.cause());
            } else if (keepAlive) {
                answering = false;
                proceed(ctx);
            } else {
                ctx.close();
            }
        });
    }

    private void answerRefusal(ChannelHandlerContext ctx, Refusal refusal) {
        FullHttpResponse message;
        try {
            message = message(handler.refuse(refusal), false);
        } catch (RuntimeException e) {
            fail(ctx, e);
            return;
        }
        HttpUtil.setKeepAlive(message.headers(), HttpVersion.HTTP_1_1, false);
        ctx.writeAndFlush(message).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                answering = false;
                drainAndClose(ctx);
            } else {
                lose(ctx, written.cause());
            }
        });
    }

    private static FullHttpResponse message(HttpResponse response, boolean withoutBody) {
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                withoutBody ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
        response.headers().forEach((name, value) -> message.headers().set(name, value));
        message.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        return message;
    }

    private void drainAndClose(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        ChannelFuture saidGoodbye = tls == null ? ctx.newSucceededFuture() : tls.closeOutbound();
        saidGoodbye.addListener(done -> ((SocketChannel) ctx.channel()).shutdownOutput());
        ctx.executor().schedule(() -> ctx.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        proceed(ctx);
    }

    private static void fail(ChannelHandlerContext ctx, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        ConnectionLog.handlerFailed(cause == null ? failure : cause);
        ctx.close();
    }

    private static void lose(ChannelHandlerContext ctx, Throwable cause) {
        ConnectionLog.lost(cause);
        ctx.close();
    }

    /** A handler may take as long as it likes; a client may not. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !inHandler) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof CodecException) {
            lose(ctx, cause);
        } else {
            ConnectionLog.broken(cause);
            ctx.close();
        }
    }

    /** The head of the request whose body is arriving. */
    private record Head(
            String method, RequestTarget target, HttpVersion version, boolean keepAlive, Map<String, String> headers) {
        /** The method alone. */
        @Override
        public String toString() {
            return method;
        }
    }

    /** What is to be answered. */
    private sealed interface Inbound {
        record Complete(HttpRequest request, HttpVersion version, boolean keepAlive) implements Inbound {}

        record Refused(Refusal refusal) implements Inbound {}
    }
}
