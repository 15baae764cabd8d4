package dev.tumbler.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tumbler.client.testing.SignatureCheck;
import dev.tumbler.client.testing.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where credentials are looked for, in which order, and what is asked of metadata service, STS and credentials URI. */
@Timeout(60)
class DefaultChainTest {
    private static final String SESSION = "\"AccessKeyId\":\"sts-ak\",\"AccessKeySecret\":\"c4nary-sk\","
            + "\"SecurityToken\":\"c4nary-token\",\"Expiration\":\"2026-11-24T10:00:00Z\"";
    private static final Credentials TEMPORARY = Credentials.of("sts-ak", "c4nary-sk", "c4nary-token");

    @TempDir
    Path home;

    private final MockWebServer server = new MockWebServer();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> recorded = new CopyOnWriteArrayList<>();
    private final List<URI> endpoints = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, MockResponse> answers = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = Objects.requireNonNull(request.getPath()).replaceAll("\\?.*", "");
                requests.add(request.getMethod() + " " + path);
                recorded.add(request);
                return answers.getOrDefault(request.getMethod() + " " + path, new MockResponse().setResponseCode(404));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Nested
    class Order {
        @Test
        void chain_withEveryPlace_takesTheFirst() throws IOException {
            everywhere();
            assertThat(chain().credentials().accessKeyId()).isEqualTo("property-ak");

            properties.clear();
            assertThat(chain().credentials()).isEqualTo(Credentials.of("environment-ak", "sk", "environment-token"));

            environment.remove("ALIBABA_CLOUD_ACCESS_KEY_ID");
            // OIDC is on, but its token is not there.
            assertThat(chain().credentials().accessKeyId()).isEqualTo("cli-ak");

            environment.put("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
            assertThat(chain().credentials().accessKeyId()).isEqualTo("ini-ak");

            Files.delete(home.resolve(".alibabacloud").resolve("credentials.ini"));
            assertThat(chain().credentials().accessKeyId()).isEqualTo("sts-ak");

            environment.put("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
            requests.clear();
            assertThat(chain().credentials()).isEqualTo(TEMPORARY);
            assertThat(requests).containsExactly("GET /uri");
        }

        @Test
        void chain_withNothing_saysWhereItLooked() {
            environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "ak");
            environment.put("ALIBABA_CLOUD_ECS_METADATA", "app");
            assertThatThrownBy(() -> chain().credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("No credentials. Tried:\n"
                            + "  system properties: set alibabacloud.accessKeyId and alibabacloud.accessKeySecret in the"
                            + " system properties\n"
                            + "  environment: set ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment\n"
                            + "  OIDC: set ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and"
                            + " ALIBABA_CLOUD_OIDC_TOKEN_FILE in the environment\n"
                            + "  CLI profile: " + home.resolve(".aliyun").resolve("config.json") + " does not exist\n"
                            + "  credentials file: "
                            + home.resolve(".alibabacloud").resolve("credentials.ini") + " does not exist\n"
                            + "  ECS RAM role: the instance has no RAM role app\n"
                            + "  credentials URI: set ALIBABA_CLOUD_CREDENTIALS_URI in the environment");
        }

        @Test
        void chain_onceChosen_staysThere() {
            environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "environment-ak");
            environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sk");
            CredentialsProvider chain = chain();
            chain.credentials();
            properties.put("alibabacloud.accessKeyId", "property-ak");
            properties.put("alibabacloud.accessKeySecret", "sk");

            assertThat(chain.credentials().accessKeyId()).isEqualTo("environment-ak");
        }

        @Test
        void chain_askedByManyThreads_asksTheServiceOnce() throws Exception {
            environment.put("ALIBABA_CLOUD_ECS_METADATA", "app");
            metadata();
            CredentialsProvider chain = chain();
            ExecutorService threads = Executors.newFixedThreadPool(200);
            try {
                List<Future<Credentials>> results = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    results.add(threads.submit(chain::credentials));
                }
                for (Future<Credentials> result : results) {
                    assertThat(result.get(40, TimeUnit.SECONDS)).isEqualTo(TEMPORARY);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(requests)
                    .containsExactly("PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/app");
        }

        @Test
        void properties_withBothNamesOfTheSecret_takeTheOlder() {
            properties.put("alibabacloud.accessKeyId", "ak");
            properties.put("alibabacloud.accessKeySecret", "new");
            properties.put("alibabacloud.accessKeyIdSecret", "old");
            properties.put("alibabacloud.sessionToken", "token");
            assertThat(chain().credentials()).isEqualTo(Credentials.of("ak", "old", "token"));
        }

        private void everywhere() throws IOException {
            properties.put("alibabacloud.accessKeyId", "property-ak");
            properties.put("alibabacloud.accessKeySecret", "sk");
            environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "environment-ak");
            environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sk");
            environment.put("ALIBABA_CLOUD_SECURITY_TOKEN", "environment-token");
            environment.put("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/app");
            environment.put("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/ack");
            environment.put(
                    "ALIBABA_CLOUD_OIDC_TOKEN_FILE", home.resolve("none").toString());
            config("{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"AK\",\"access_key_id\":\"cli-ak\","
                    + "\"access_key_secret\":\"sk\"}]}");
            ini("[default]\nenable=true\ntype=access_key\naccess_key_id=ini-ak\naccess_key_secret=sk\n");
            metadata();
            environment.put(
                    "ALIBABA_CLOUD_CREDENTIALS_URI", url("/uri?token=c4nary").toString());
            answers.put("GET /uri", json("{\"Code\":\"Success\"," + SESSION + "}"));
        }
    }

    @Nested
    class Metadata {
        @Test
        void role_notGiven_isDiscoveredWithAToken() {
            metadata();
            assertThat(surroundings().ecsRamRole(null).credentials()).isEqualTo(TEMPORARY);
            assertThat(requests)
                    .containsExactly(
                            "PUT /latest/api/token",
                            "GET /latest/meta-data/ram/security-credentials/",
                            "GET /latest/meta-data/ram/security-credentials/app");
            assertThat(recorded.get(0).getHeader("X-aliyun-ecs-metadata-token-ttl-seconds"))
                    .isEqualTo("21600");
            assertThat(recorded.get(2).getHeader("X-aliyun-ecs-metadata-token")).isEqualTo("metadata-token");
        }

        @Test
        void token_thatIsNotGiven_isDoneWithout() {
            metadata();
            answers.remove("PUT /latest/api/token");
            assertThat(surroundings().ecsRamRole("app").credentials()).isEqualTo(TEMPORARY);
            assertThat(recorded.get(1).getHeader("X-aliyun-ecs-metadata-token")).isNull();
        }

        @Test
        void token_thatIsNotGiven_whereVersion1IsOff_fails() {
            metadata();
            answers.remove("PUT /latest/api/token");
            environment.put("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
            assertThatThrownBy(() -> surroundings().ecsRamRole("app").credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("the metadata service answered 404 and gave no token");
            assertThat(requests).containsExactly("PUT /latest/api/token");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "200 | {\"Code\":\"Failed\",\"AccessKeySecret\":\"c4nary\"} | answered 200 Failed",
                    "200 | c4nary | something that is no JSON object",
                    "200 | {\"Code\":\"Success\",\"AccessKeyId\":\"a\"} | answered without AccessKeySecret",
                    "500 | {\"Code\":\"Success\"} | answered 500 Success",
                    "404 | no | the instance has no RAM role app"
                })
        void answer_thatIsUnusable_isToldWithoutItsContent(int status, String body, String what) {
            metadata();
            answers.put(
                    "GET /latest/meta-data/ram/security-credentials/app",
                    json(body).setResponseCode(status));
            assertThatThrownBy(() -> surroundings().ecsRamRole("app").credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining(what)
                    .hasMessageNotContaining("c4nary");
        }

        @Test
        void service_thatIsNotThere_isSaid() throws IOException {
            server.close();
            assertThatThrownBy(() -> surroundings().ecsRamRole("app").credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageContaining("is this an ECS instance?");
        }

        @Test
        void service_thatDoesNotAnswer_isGivenUp() {
            answers.put("PUT /latest/api/token", new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
            answers.put(
                    "GET /latest/meta-data/ram/security-credentials/app",
                    new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
            assertThatThrownBy(() -> surroundings().ecsRamRole("app").credentials())
                    .isInstanceOf(CredentialsException.class);
        }
    }

    @Nested
    class SecurityTokenService {
        @Test
        void assumeRole_signedWithTemporaryKeys_verifiesIndependently() throws Exception {
            answers.put("POST /", json("{\"RequestId\":\"r\",\"Credentials\":{" + SESSION + "}}"));
            RamRole role = RamRole.builder()
                    .roleArn("acs:ram::1:role/app")
                    .roleSessionName("orders")
                    .policy("{\"Version\":\"1\"}")
                    .externalId("x-1")
                    .stsEndpoint(url("/"))
                    .build();
            CredentialsProvider source = CredentialsProvider.of(Credentials.of("ak", "sk", "token"));

            assertThat(surroundings().ramRole(role, source).credentials()).isEqualTo(TEMPORARY);

            Map<String, String> sent = sent(0);
            assertThat(sent)
                    .containsEntry("Action", "AssumeRole")
                    .containsEntry("Version", "2015-04-01")
                    .containsEntry("RoleArn", "acs:ram::1:role/app")
                    .containsEntry("RoleSessionName", "orders")
                    .containsEntry("DurationSeconds", "3600")
                    .containsEntry("Policy", "{\"Version\":\"1\"}")
                    .containsEntry("ExternalId", "x-1")
                    .containsEntry("SecurityToken", "token")
                    .containsEntry("Signature", SignatureCheck.rpcV1(sent, "sk"));
        }

        @Test
        void assumeRoleWithOidc_isNotSignedAndReadsTheTokenEachTime() throws IOException {
            answers.put("POST /", json("{\"RequestId\":\"r\",\"Credentials\":{" + SESSION + "}}"));
            Path token = Files.writeString(home.resolve("token"), "c4nary-oidc\n");
            RamRole role = RamRole.builder()
                    .roleArn("acs:ram::1:role/app")
                    .stsEndpoint(url("/"))
                    .build();

            assertThat(surroundings()
                            .oidc(role, "acs:ram::1:oidc-provider/ack", token)
                            .credentials())
                    .isEqualTo(TEMPORARY);

            assertThat(sent(0))
                    .containsEntry("Action", "AssumeRoleWithOIDC")
                    .containsEntry("OIDCProviderArn", "acs:ram::1:oidc-provider/ack")
                    .containsEntry("OIDCToken", "c4nary-oidc")
                    .containsEntry("RoleSessionName", "tumbler")
                    .doesNotContainKeys("Signature", "AccessKeyId");
            assertThat(recorded.get(0).getPath())
                    .contains("Action=AssumeRoleWithOIDC")
                    .doesNotContain("c4nary");
        }

        @Test
        void assumeRole_refused_tellsCodeAndRequestOnly() {
            answers.put(
                    "POST /",
                    json("{\"Code\":\"NoPermission\",\"Message\":\"c4nary\",\"RequestId\":\"r-9\"}")
                            .setResponseCode(403));
            RamRole role = RamRole.builder()
                    .roleArn("acs:ram::1:role/app")
                    .stsEndpoint(url("/"))
                    .build();
            assertThatThrownBy(() -> surroundings()
                            .ramRole(role, CredentialsProvider.of("ak", "sk"))
                            .credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("STS AssumeRole of acs:ram::1:role/app answered 403 NoPermission, request r-9");
        }

        @Test
        void oidcToken_thatIsMissingOrEmpty_isSaid() throws IOException {
            RamRole role = RamRole.of("acs:ram::1:role/app");
            Path none = home.resolve("none");
            Path empty = Files.writeString(home.resolve("empty"), "\n");
            assertThatThrownBy(() -> surroundings().oidc(role, "arn", none).credentials())
                    .hasMessage("the OIDC token file " + none + " does not exist");
            assertThatThrownBy(() -> surroundings().oidc(role, "arn", empty).credentials())
                    .hasMessage("the OIDC token file " + empty + " is empty");
        }

        @Test
        void role_againstTheRules_isRefused() {
            assertThatThrownBy(() -> RamRole.builder().roleSessionName("a b"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> RamRole.builder().duration(Duration.ofMinutes(14)))
                    .hasMessage("duration must be at least 15 minutes, not PT14M");
            assertThatThrownBy(() -> RamRole.builder().build()).hasMessage("RamRole needs roleArn");
            assertThat(RamRole.builder()
                            .roleArn("a")
                            .stsVpcRegion("cn-hangzhou")
                            .build()
                            .stsEndpoint())
                    .isEqualTo(URI.create("https://sts-vpc.cn-hangzhou.aliyuncs.com"));
        }
    }

    @Nested
    class Uri {
        @Test
        void answer_refused_showsNeitherUriNorContent() {
            answers.put(
                    "GET /uri",
                    json("{\"Code\":\"NotFound\",\"Message\":\"c4nary\"}").setResponseCode(404));
            assertThatThrownBy(
                            () -> surroundings().uri(url("/uri?token=c4nary")).credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessage("the credentials URI at 127.0.0.1 answered 404 NotFound");
        }

        @Test
        void answer_tornOff_isAFailure() {
            answers.put(
                    "GET /uri",
                    json("{\"Code\":\"Success\"," + SESSION + "}")
                            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
            assertThatThrownBy(
                            () -> surroundings().uri(url("/uri?token=c4nary")).credentials())
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageNotContaining("c4nary");
        }

        @Test
        void uri_thatIsNone_isNotQuoted() {
            environment.put("ALIBABA_CLOUD_CREDENTIALS_URI", "c4nary not a uri");
            assertThatThrownBy(() -> chain().credentials())
                    .hasMessageContaining("ALIBABA_CLOUD_CREDENTIALS_URI is not like http://host/path")
                    .hasMessageNotContaining("c4nary");
        }
    }

    @Nested
    class Profiles {
        @Test
        void cli_withAProfileInTheEnvironment_takesIt() throws IOException {
            config("{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"AK\",\"access_key_id\":\"a\","
                    + "\"access_key_secret\":\"s\"},{\"name\":\"q\",\"mode\":\"StsToken\",\"access_key_id\":\"b\","
                    + "\"access_key_secret\":\"s\",\"sts_token\":\"t\"}]}");
            assertThat(CliProfile.provider(surroundings(), null).credentials()).isEqualTo(Credentials.of("a", "s"));
            environment.put("ALIBABA_CLOUD_PROFILE", "q");
            assertThat(CliProfile.provider(surroundings(), null).credentials())
                    .isEqualTo(Credentials.of("b", "s", "t"));
        }

        @Test
        void cli_withARoleOfAnEcsRole_chainsThem() throws IOException {
            metadata();
            config("{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"ChainableRamRoleArn\","
                    + "\"source_profile\":\"ecs\",\"ram_role_arn\":\"acs:ram::1:role/app\",\"expired_seconds\":900,"
                    + "\"sts_region\":\"cn-hangzhou\"},{\"name\":\"ecs\",\"mode\":\"EcsRamRole\","
                    + "\"ram_role_name\":\"app\"}]}");
            answers.put("POST /", json("{\"Credentials\":{" + SESSION.replace("sts-ak", "assumed-ak") + "}}"));

            CredentialsProvider provider = CliProfile.provider(surroundings(), null);

            assertThat(provider).hasToString("RAM role acs:ram::1:role/app");
            assertThat(provider.credentials().accessKeyId()).isEqualTo("assumed-ak");
            assertThat(endpoints).containsExactly(URI.create("https://sts.cn-hangzhou.aliyuncs.com"));
            assertThat(sent(requests.indexOf("POST /")))
                    .containsEntry("Action", "AssumeRole")
                    .containsEntry("AccessKeyId", "sts-ak")
                    .containsEntry("SecurityToken", "c4nary-token")
                    .containsEntry("RoleArn", "acs:ram::1:role/app")
                    .containsEntry("DurationSeconds", "900");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "c4nary | is no JSON object",
                    "{\"x\": c4nary, | is no JSON object",
                    "{} | names no current profile",
                    "{\"current\":\"p\"} | has no profile p",
                    "{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"AK\",\"access_key_secret\":\"c4nary\"}]}"
                            + " | profile p has no access_key_id",
                    "{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"CloudSSO\"}]}"
                            + " | profile p has the mode CloudSSO, which is not supported",
                    "{\"current\":\"p\",\"profiles\":[{\"name\":\"p\"}]} | profile p has the mode null",
                    "{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"ChainableRamRoleArn\","
                            + "\"ram_role_arn\":\"a\",\"source_profile\":\"p\"}]} | the profiles p are sources of each other",
                    "{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"EcsRamRole\",\"ram_role_name\":\"a/b\"}]}"
                            + " | No name of a RAM role",
                })
        void cli_thatIsMalformed_isToldWithoutItsContent(String config, String what) throws IOException {
            config(config);
            assertThatThrownBy(() -> CliProfile.provider(surroundings(), null))
                    .isInstanceOfAny(CredentialsException.class, IllegalArgumentException.class)
                    .hasMessageContaining(what)
                    .hasMessageNotContaining("c4nary");
        }

        @Test
        void ini_withCommentsAndSpaces_isRead() throws IOException {
            ini("""
                    # c4nary
                    [other]
                    enable = true
                    [default]
                    ; a comment
                    enable = true # yes
                    type = access_key
                    access_key_id = ini-ak
                    access_key_secret = s#k=;
                    """);
            assertThat(CredentialsFile.provider(surroundings(), null).credentials())
                    .isEqualTo(Credentials.of("ini-ak", "s#k=;"));
        }

        @Test
        void ini_inAnotherPlaceAndSection_isFound() throws IOException {
            Path file = Files.writeString(
                    home.resolve("mine.ini"),
                    "[app]\nenable=true\ntype=access_key\naccess_key_id=a\naccess_key_secret=s\n");
            environment.put("ALIBABA_CLOUD_CREDENTIALS_FILE", file.toString());
            environment.put("ALIBABA_CLOUD_PROFILE", "app");
            assertThat(CredentialsFile.provider(surroundings(), null).credentials())
                    .isEqualTo(Credentials.of("a", "s"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "c4nary",
                    "[default]",
                    "[default]\nenable=true",
                    "[default]\nenable=true\ntype=rsa_key_pair",
                    "[default]\nenable=true\ntype=access_key\naccess_key_secret=c4nary",
                    "[default]\nenable=true\ntype=ram_role_arn\nrole_arn=a\naccess_key_id=a\naccess_key_secret=c4nary\n"
                            + "role_session_name=?",
                })
        void ini_thatIsMalformed_isToldWithoutItsContent(String ini) throws IOException {
            ini(ini);
            assertThatThrownBy(() -> CredentialsFile.provider(surroundings(), null))
                    .isInstanceOf(CredentialsException.class)
                    .hasMessageStartingWith(home.toString())
                    .hasMessageNotContaining("c4nary");
        }
    }

    private CredentialsProvider chain() {
        return DefaultChain.of(surroundings());
    }

    private Surroundings surroundings() {
        return new Surroundings(
                environment::get,
                properties::get,
                home,
                url("/"),
                new VirtualTime(),
                () -> 1.0,
                pause -> {},
                endpoint -> {
                    endpoints.add(endpoint);
                    return endpoint.getScheme().equals("https") ? url("/") : endpoint;
                });
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    private Map<String, String> sent(int index) {
        RecordedRequest request = recorded.get(index);
        return SignatureCheck.parameters(request, request.getBody().clone().readUtf8());
    }

    private void metadata() {
        answers.put("PUT /latest/api/token", new MockResponse().setBody("metadata-token"));
        answers.put("GET /latest/meta-data/ram/security-credentials/", new MockResponse().setBody("app"));
        answers.put(
                "GET /latest/meta-data/ram/security-credentials/app", json("{\"Code\":\"Success\"," + SESSION + "}"));
    }

    private void config(String json) throws IOException {
        Files.createDirectories(home.resolve(".aliyun"));
        Files.writeString(home.resolve(".aliyun").resolve("config.json"), json);
    }

    private void ini(String text) throws IOException {
        Files.createDirectories(home.resolve(".alibabacloud"));
        Files.writeString(home.resolve(".alibabacloud").resolve("credentials.ini"), text);
    }

    private static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }
}
