// The official TypeScript SDK against the emulator. Prints a line for each check: "passed", or "failed" and why, and the
// rows that it shows, separated by tabs. Run by TypeScriptSdkTest.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_MODULES_OF);
const kms = require('@alicloud/kms20160120');
const openApi = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');

const account = {
  endpoint: process.env.KMS_ENDPOINT,
  protocol: 'HTTP',
  regionId: 'cn-hangzhou',
  accessKeyId: process.env.KMS_ACCESS_KEY_ID,
  accessKeySecret: process.env.KMS_ACCESS_KEY_SECRET,
};
const typed = new kms.default({ ...account, type: 'access_key' });
const generic = new openApi.default(new openApi.Config(account));

/** The typed client of 1.2.0 knows no rotation, no Rds secrets and no filters: those go by the generic call. */
async function call(action, query) {
  const params = new openApi.Params({
    action, version: '2016-01-20', protocol: 'HTTP', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC',
    reqBodyType: 'formData', bodyType: 'json',
  });
  const answer = await generic.callApi(params, new openApi.OpenApiRequest({ query }), new RuntimeOptions({}));
  return answer.body;
}

/** It appends "Error" to the service's codes. */
async function refused(promise, code, inMessage) {
  const error = await promise.then(() => assert.fail(`not refused with ${code}`), (e) => e);
  assert.equal(error.data?.Code, code, String(error));
  assert.ok(error.data.Message.includes(inMessage), error.data.Message);
}

const create = (secretName, secretData, more = {}) =>
  typed.createSecret(new kms.CreateSecretRequest({ secretName, versionId: 'v1', secretData, ...more }));
const get = (secretName, more = {}) => typed.getSecretValue(new kms.GetSecretValueRequest({ secretName, ...more }));
const put = (secretName, versionId, secretData, more = {}) =>
  typed.putSecretValue(new kms.PutSecretValueRequest({ secretName, versionId, secretData, ...more }));
const NASTY = 'line 1\r\nline 2\t<tag> & \' " \\ = 密码 𠮷🔑 +*~%!()';

const checks = [
  ['CreateSecret/answer/Arn', async () => {
    const created = await create('mail/smtp', NASTY, { description: '' });
    assert.equal(created.arn, 'acs:kms:cn-hangzhou:1234567890123456:secret/mail/smtp');
    assert.equal(created.versionId, 'v1');
  }],
  ['CreateSecret/SecretData/verbatim', async () => {
    assert.equal((await get('mail/smtp')).secretData, NASTY);
  }],
  ['CreateSecret/SecretData/size', async () => {
    const largest = '密'.repeat(10240);
    await create('large', largest);
    assert.equal((await get('large')).secretData, largest);
    await refused(create('larger', `${largest}x`), 'InvalidParameter', 'SecretData');
  }],
  ['CreateSecret/error/Rejected.ResourceExist', () =>
    refused(create('mail/smtp', 'other'), 'Rejected.ResourceExist', '')],
  ['CreateSecret/error/InvalidParameter', () =>
    refused(create('no spaces', 'x'), 'InvalidParameter', 'SecretName')],
  ['PutSecretValue/VersionStages/default', async () => {
    const stages = (await put('mail/smtp', 'v2', 'second')).versionStages.versionStage;
    assert.deepEqual(stages, ['ACSCurrent']);
    assert.equal((await get('mail/smtp', { versionStage: 'ACSPrevious' })).versionId, 'v1');
  }],
  ['PutSecretValue/VersionStages/given', async () => {
    const answer = await put('mail/smtp', 'v3', 'third', { versionStages: '["ACSCurrent","Blue"]' });
    assert.deepEqual(answer.versionStages.versionStage, ['ACSCurrent', 'Blue']);
  }],
  ['GetSecretValue/VersionStage/empty', async () => {
    assert.equal((await get('mail/smtp', { versionStage: '', versionId: '' })).secretData, 'third');
  }],
  ['GetSecretValue/error/Forbidden.ResourceNotFound', () =>
    refused(get('nobody'), 'Forbidden.ResourceNotFound', 'Resource not found')],
  ['GetSecretValue/SecretName/required', () =>
    refused(call('GetSecretValue', {}), 'MissingParameter', 'SecretName')],
  ['DescribeSecret/FetchTags/true', async () => {
    await create('tagged', 'x', { tags: '[{"TagKey":"team","TagValue":"mail"}]' });
    const described = await typed.describeSecret(
      new kms.DescribeSecretRequest({ secretName: 'tagged', fetchTags: 'true' }));
    assert.equal(described.description, '');
    assert.deepEqual(described.tags.tag.map((tag) => [tag.tagKey, tag.tagValue]), [['team', 'mail']]);
  }],
  ['ListSecrets/answer/SecretList', async () => {
    const page = await typed.listSecrets(new kms.ListSecretsRequest({ pageNumber: 1, pageSize: 2 }));
    assert.equal(page.totalCount, 3);
    assert.deepEqual(page.secretList.secret.map((secret) => secret.secretName), ['large', 'mail/smtp']);
  }],
  ['ListSecrets/Filters/SecretName', async () => {
    const page = await call('ListSecrets', { Filters: '[{"Key":"SecretName","Values":["tagged"]}]' });
    assert.deepEqual(page.SecretList.Secret.map((secret) => secret.SecretName), ['tagged']);
  }],
  ['RotateSecret/double/swap', async () => {
    await call('CreateSecret', {
      SecretName: 'orders/db', VersionId: 'v1', SecretType: 'Rds',
      SecretData: '{"Accounts":[{"AccountName":"orders","AccountPassword":"First-pass-1"}]}',
      ExtendedConfig: '{"SecretSubType":"DoubleUsers","DBInstanceId":"rm-1"}',
    });
    const rotated = await call('RotateSecret', { SecretName: 'orders/db', VersionId: 'v2' });
    assert.equal(rotated.VersionId, 'v2');
    assert.match((await get('orders/db')).secretData, /^{"AccountName":"orders_clone",/);
  }],
  ['DeleteSecret/ForceDeleteWithoutRecovery/true', async () => {
    await typed.deleteSecret(
      new kms.DeleteSecretRequest({ secretName: 'large', forceDeleteWithoutRecovery: 'true' }));
    await refused(get('large'), 'Forbidden.ResourceNotFound', '');
  }],
  ['Wire/signature/wrong', () => {
    const wrong = new kms.default({ ...account, accessKeySecret: 'not-the-secret', type: 'access_key' });
    return refused(
      wrong.getSecretValue(new kms.GetSecretValueRequest({ secretName: 'mail/smtp' })),
      'SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.');
  }],
];

for (const [row, check] of checks) {
  try {
    await check();
    console.log(`passed\t${row}`);
  } catch (e) {
    console.log(`failed\t${row}\t${String(e).replaceAll(/\s+/g, ' ')}`);
  }
}
